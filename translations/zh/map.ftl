### 地图：在旁边用文字说明当前范围里有什么。

map-here = 地图的这一部分
map-count = { $n ->
    [0] 这一范围内没有反馈
   *[other] 这一范围内有 { $n } 条反馈
}
map-shown = 列出前 { $n } 条
map-as-list = 以列表查看全部
map-tools = 地图上显示的内容
map-heat = 热度
map-heat-on = 地图显示反馈集中的地方。数字是条数。
map-heat-off = 地图显示每一条反馈。
map-draw = 画一个范围
map-draw-how = 依次点按范围的各个角，然后按“完成”。用键盘：方向键移动地图，Enter 在十字下放一个角，Backspace 撤回一个，Esc 结束。
map-corners = 已放的角：
map-done = 完成
map-undo = 撤回一个
map-cancel = 取消
map-around = 地图中心周围
map-around-label = 距离
map-metres = { $metres ->
    [1000] 1 公里
    [2000] 2 公里
    [5000] 5 公里
   *[other] { $metres } 米
}
filter-drawn = 只看所画的范围
filter-near = 只看所选地点 { $metres } 米以内
filter-within = 无法读取这个范围。请在地图上重新画；边线不能相交。
filter-around = 无法读取这个地点。请在地图上重新选择。
area-now = { $then }（现为 { $now }）

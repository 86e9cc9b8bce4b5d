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
area-of-kind = { $name }（{ $kind }）
area-now = { $then }（现为 { $now }）

map-late = 逾期
map-locate = 我的位置
map-locate-failed = 设备没有提供位置。请按名称查找，或移动地图。
map-located = 您在此标记约 { $metres } 米范围内。
map-you = 您在这里
map-legend = 图例
map-legend-many = 相距很近的多件报告及其数量
map-legend-late = 红圈：其中逾期的件数
map-legend-guessed = 区域的大致边界（这里还没有正式边界）
map-legend-border = 区域的边界
map-only-open = 只显示未结束的报告。
map-everything = 同时显示已结束的报告
places-title = 查找地点
places-label = 区域、地标或地址
places-search = 查找
places-none = 没有这个名称的地点。请试试区域、街道或地标的名称。
places-address = 报告的地址
places-water = 水域
places-green = 绿地
places-river = 河流
places-road = 道路
places-rail = 铁路
places-wall = 城墙
places-border = 边界
places-landmark = 地标
place-exact = 图钉的误差约为 { $metres } 米。
place-coarse = 放大地图可以放得更准。

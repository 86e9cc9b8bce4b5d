## The frame of a page

skip-to-content = 跳到正文
nav-label = 主导航
nav-language = 语言
machine-made = 本页由机器翻译，尚未经人工核对。
nav-home = 首页
nav-reports = 反馈
nav-map = 地图
nav-new = 反馈问题
nav-desk = 工作台
nav-account = 账号
nav-sign-in = 登录
nav-sign-out = 退出登录
search-label = 搜索反馈
search-hint = 搜文字、编号或地点
search-button = 搜索
call-now = 如有生命危险，请立即拨打：
call-now-title = 如果有人正处于危险之中，请立即拨打电话
call-now-text = 请不要在这里等待答复。反馈仍会送达，并会最先处理。
footer-contacts = 其他联系方式
footer-about = 平台如何运作
footer-privacy = 隐私
footer-access = 无障碍
footer-procedures = 流程与期限
footer-software = 由开源软件 Nhịp 提供支持

## States and outcomes

status-received = 已收到
status-waiting_reporter = 等反馈人回复
status-assigned = 已分派
status-in_progress = 处理中
status-in_review = 结果复核中
status-closed = 已结束
status-fixed = 已解决
status-planned = 已约定日期
status-forwarded = 已转交
status-not_found = 未发现问题
status-no_authority = 超出职权
status-no_budget = 暂无经费
status-refused = 未受理
status-duplicate = 已有人反馈
status-withdrawn = 已撤回

## The clock

clock-label = 已用时间：{ $percent }%
clock-paused = 暂停
clock-no-deadline = 无期限

## Counts

count-more = 超过 { $n } 条反馈
count-reports = { $n } 条反馈
count-supports = { $n } 人也遇到了
count-comments = { $n } 条评论

## Shared parts

field-optional = 选填
error-summary-title = 还没有提交
photo-before = 处理前
photo-after = 处理后
before-after-slider = 拖动比较前后变化
photo-open = 查看大图
entry-attempt = 第 { $n } 次办理
entry-technical = { $n } 个技术步骤
comment-official = 官方答复
comment-held = 等待审核
filter-apply = 筛选
filter-clear = 清除筛选
filter-title = 筛选条件
pager-label = 翻页
pager-newer = 较新
pager-older = 较早
stat-of = 共 { $n } 项
pulse-received = 收到
pulse-settled = 结束
pulse-table = 每日数字
pulse-day = 日期
dialog-cancel = 不，返回
toast-close = 关闭
map-list = 地图内容列表
map-zoom-in = 放大
map-zoom-out = 缩小
map-scroll = 按住 Ctrl 并滚动可缩放地图
map-scroll-mac = 按住 ⌘ 并滚动可缩放地图
map-fingers = 用双指移动地图

## Choosing a place

place-locate = 使用我的位置
place-choose = 在地图上选
place-forget = 清除这个地点
place-map = 用来选择地点的地图
place-pin = 选定的地点
place-loading = 正在加载地图
place-no-map = 这里无法显示地图，请从下面的列表中选择区域。
place-help = 点一下放图钉，拖动可调整。
place-help-keys = 键盘操作：方向键移动地图，+ 和 − 缩放，Enter 在十字下放图钉，Esc 关闭地图。
place-asking = 正在获取您的位置
place-failed = 没能取得您的位置。请在地图上选，或在下面选择区域。
place-kept = 地点已选好。
place-in = 这个地点在 { $area }。
place-perhaps = 这个地点可能在 { $area }。
place-outside = 这个地点不在本市范围内，请另选一个。

## Time

time-date = { $year }年{ $month }{ $day }日
time-moment = { $month }{ $day }日 { $weekday } { $time }
time-exact = { $year }年{ $month }{ $day }日 { $weekday } { $time }
time-just-now = 刚刚
time-ago = { $span }前
time-today = 今天 { $time }
time-left = 还剩 { $span }
time-late = 逾期 { $span }
time-due-today = 今天到期
span-minutes = { $n } 分钟
span-hours = { $n } 小时
span-days = { $n } 天
span-months = { $n } 个月
span-years = { $n } 年
span-working-days = { $n } 个工作日
weekday-1 = 周一
weekday-2 = 周二
weekday-3 = 周三
weekday-4 = 周四
weekday-5 = 周五
weekday-6 = 周六
weekday-7 = 周日
month-1 = 1月
month-2 = 2月
month-3 = 3月
month-4 = 4月
month-5 = 5月
month-6 = 6月
month-7 = 7月
month-8 = 8月
month-9 = 9月
month-10 = 10月
month-11 = 11月
month-12 = 12月

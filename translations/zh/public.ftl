### Pages that everybody sees.

## Front page

front-lead = 告诉市里哪里不对。看看谁在负责、怎么处理、什么时候办完。
front-pulse = 最近 { $days } 天收到和结束的反馈
front-received = 收到
front-received-means = 最近 { $days } 天提交的反馈。
front-closed = 已结束
front-closed-means = 最近 { $days } 天结束的反馈，不论结果。
front-on-time = 按期
front-on-time-means = 最近 { $days } 天到期的期限中，按期完成的比例。到期未办完的算逾期。
front-waiting = 办理中
front-waiting-means = 此刻还没有结束的反馈。
front-deadlines = 共 { $n } 个期限
front-late = { $n } 条逾期
front-results = 刚刚解决
front-all-results = 所有已解决的反馈
front-newest = 刚刚提交
front-all = 全部反馈
front-none = 还没有反馈
front-none-text = 第一条可以由您来提交。
number-too-few = 数量太少，不作统计

## Lists

reports-title = 反馈
reports-feed = 订阅源
reports-none = 没有找到
reports-none-text = 请换个词，或减少筛选条件。
search-named = 查看全部反馈：
search-by-name = 没有包含所有这些词的反馈。以下是{ $name }的反馈。
search-also = 同时搜索：{ $words }
filter-q = 文字、编号或地点
filter-field = 领域
filter-service = 类型
filter-area = 区域
filter-agency = 承办单位
filter-state = 状态
filter-outcome = 结果
filter-from = 从
filter-to = 到
filter-sort = 排序
filter-late = 只看逾期
filter-open = 所有未结束的
filter-any-field = 所有领域
filter-any-service = 所有类型
filter-any-area = 全市
filter-any-agency = 所有单位
filter-any-state = 所有状态
filter-any-outcome = 所有结果
sort-newest = 最新在前
sort-oldest = 最早在前
sort-updated = 最近更新在前
sort-due = 最快到期在前
sort-closed = 最近结束在前
count-open = { $n } 条未结束

## A report

report-sent = 提交于
report-words = 反馈内容
report-result = 结果
report-story = 办理经过
report-where = 地点
report-approximate = 区域为估计
report-only-area = 仅知所在区域
report-procedure = 流程
report-rating = 反馈人的评价
report-merged = 同一件事之前已有人反馈：见 { $code }
report-follow = 关注这条反馈
report-private = 反馈人要求只让市里看到内容。您能看到有这条反馈，以及它进展到哪一步。
report-confidential = 关于公务人员的反馈只有监察员能看。您能看到有这条反馈，以及它进展到哪一步。
report-hidden = 这条反馈已被隐藏。原因：{ $reason }

step-submit = 已提交
step-accept = 已受理
step-ask = 询问反馈人
step-reply = 反馈人已回复
step-question_expired = 期限内没有回复
step-refuse = 未受理
step-contest = 反馈人对不受理有异议
step-merge = 并入较早的反馈
step-undo = 在通知任何人之前撤销了决定
step-correct = 类型或地点已更正
step-assign = 已分派
step-give_back = 单位退回
step-start = 开始处理
step-pause = 暂停
step-resume = 继续处理
step-answer = 承办单位已答复
step-send_back = 答复未解决问题，已退回
step-publish = 结果已公布
step-rate = 反馈人评价了结果
step-reopen = 重新办理：反馈人不满意
step-appeal = 已向上级申诉
step-promise_due = 承诺日期已到，重新办理
step-withdraw = 反馈人已撤回
step-add_media = 已添加照片
step-mark_urgent = 已标为紧急
step-clear_urgent = 已取消紧急标记
step-note = 内部备注
step-progress = 进展情况
step-deliver = 已提交成果
step-extend = 申请延期
step-grant_extension = 同意延期
step-deny_extension = 维持原期限
step-warn = 期限将至
step-escalate = 期限已过
step-hide = 已隐藏
step-unhide = 恢复公开
step-redact = 已遮盖个人信息
step-with = 承办：{ $agency }
step-into = 并入：{ $code }

## The control slip of a report

slip-link = 办理流转单
slip-title = { $code } 办理流转单
slip-report = 返回反馈
slip-procedure = { $name }，第 { $n } 版
slip-hash = 指纹 { $hash }
slip-promise = 全程
slip-first-response = 首次回应
slip-received = 接收
slip-due = 期限
slip-given = 交出
slip-result = 是否按期
slip-running = 进行中
slip-suspended = 计时暂停
slip-late = 逾期
slip-done = 按期
slip-done-late = 逾期
slip-passed = 跳过
slip-returned = 已退回
slip-handed-over = 已移交
slip-ended = 随反馈结束
slip-none = 还没有计时
slip-none-text = 这条反馈来自旧系统，旧系统没有记录各步骤的时间。

step-used-of-promise = 承诺的时间已用去 { $percent }%
step-used-of-step = “{ $step }”这一步的时间已用去 { $percent }%
step-product-of = 步骤：{ $step }
step-without-product = 没有成果，原因：
step-to-person = 经办人：{ $name }
step-promised = 承诺日期：{ $date }
step-staff-only = { $step }（仅内部）

## Agencies

agencies-title = 承办单位
agencies-late = 逾期
agency-below = 下属单位

## Map

map-title = 地图
map-label = 反馈地图
map-place = 反馈的地点
map-without = 地图需要 JavaScript。同样的反馈在列表里也有，下面还可以按区域查看。
map-areas = 按区域
map-bbox = 范围由四个以度为单位的数字组成：左,下,右,上。

## How it works

about-title = 平台如何运作
about-lead = 您反馈街上的问题，市里公开处理，由您来说是否真的解决了。
about-how = 每条反馈都有一个负责单位和一个期限。两者都写在反馈页面上，走过的每一步也在那里。
about-life = 一条反馈会经过哪些步骤
about-agencies = { $n } 个承办单位，以及它们是否按期
about-services = { $n } 类可以反馈的问题
about-areas = 地图上的 { $n } 个区域
about-public-title = 哪些内容公开
about-public = 您写的文字、照片、地点和每一次答复都公开，除非您要求只让市里看到。关于公务人员的反馈只有监察员能看，公众只看到编号、领域和步骤。任何内容都不会无缘无故消失。
about-place = 为了保护相关的人，有些地点显示得不那么精确。照片里的隐藏信息（如拍摄地点和时间）会全部删除。
about-you-title = 您是谁
about-you = 不需要账号，也不需要姓名。您留下的联系方式会封存；承办单位始终看不到，每次查看都会显示在您的回执页上。
privacy-why = 姓名、电话和电子邮件只用于通知您反馈的进展并向您询问。可以不填。
privacy-how-long = 反馈结束 { $n } 天后删除联系方式，公开的处理过程会保留。
privacy-traces = 页面没有广告，也没有跟踪工具。Cookie 只用于登录、语言和打开您自己的反馈。
privacy-rights = 您可以撤回反馈、停止邮件，也可以请 { $agency } 提供、更正或删除您的个人信息。联系方式在页面底部。
privacy-law = 个人信息保护依据：{ $law }。
about-operator-title = 谁负责
about-operator = { $agency } 运行本服务，核对反馈并公布结果。各单位对自己的答复负责。联系方式在页面底部。
about-numbers-title = 我们的数字
about-numbers = “按期”是指这段时间内到期的期限中按时完成的部分；还没办完的算逾期。不到 10 件时不显示比例。每个数字都能点开，看到背后的列表。
about-access-title = 人人可用
about-access = 每个页面都可以只用键盘操作，可以在手机上打开，没有 JavaScript 也能用。地图上的内容，列表里也都有。
about-access-state = 我们遵循 WCAG 2.2 AA 级，并用程序检查每个页面。尚未有使用读屏软件的人完整试用过。如有不便，请按页面底部的方式联系我们；也可以打电话反馈。
about-machines-title = 给程序使用
about-machines = 每个列表也是订阅源，所有公开内容都向程序开放：

life-title = 一条反馈会经历什么
life-lead = 从您开口到有结果，共五步：每一步由谁做，出了问题您能做什么。
way-send = 您提交
way-text-send = 用几句话说明问题，指出位置，有照片就添加。不需要账号。您会立即得到编号和自己的链接。
way-check = 中心核对
way-text-check = 有人阅读并交给负责的单位。缺什么会问您；不受理会说明原因。
way-work = 单位处理
way-text-work = 页面上始终写明由谁负责、要做什么、何时到期。完成后附照片或文件答复。
way-prove = 中心检查答复
way-text-prove = 由另一个人看答复是否解决了问题。没有就退回重做；解决了就公布并通知您。
way-judge = 您来评价
way-text-judge = 满意、可以接受或不满意。如果没有解决，写明原因，就会重新打开。
way-else = 出了问题怎么办
way-late = 逾期了
way-text-late = 页面写明逾期多久。单位必须说明进度并给出新日期，负责人会收到通知。
way-refused = 没有受理
way-text-refused = 原因是公开的。您可以申诉一次，由另一个人决定。
way-again = 重新打开后仍未解决
way-text-again = 第二次会交给上一级。
way-safe = 谁知道您是谁
way-text-safe = 处理单位看不到您的姓名、电话和邮箱。任何人打开都会留下您能看到的记录。
life-states = 每个状态的准确说明
life-states-text = 一条反馈总处于以下某个状态。
life-ways = 接下来谁可以做什么
life-back = 回到提问的环节
life-received = 反馈已送达。受理中心核对后确定负责单位。
life-waiting_reporter = 缺少只有反馈人知道的信息。计时暂停。
life-assigned = 承办单位已接手，还没有开始。
life-in_progress = 承办单位正在处理。
life-in_review = 承办单位已答复。受理中心由另一个人复核答复是否解决了问题。
life-closed = 结果已公布。反馈人作评价，也可以要求重新办理。
life-outcomes = 结果
life-outcomes-text = 一条反馈走到哪一步，和最后结果如何，是两回事。结束的反馈有以下一种结果：
outcome-means-fixed = 已经解决，有照片或文件为证。
outcome-means-planned = 承诺了日期，到那天会自动重新办理。
outcome-means-forwarded = 由市外的机构负责。
outcome-means-not_found = 在现场没有发现问题。
outcome-means-no_authority = 本市无权处理。
outcome-means-no_budget = 目前还没有经费。
outcome-means-refused = 因公开说明的原因未受理，可以申请复查一次。
outcome-means-duplicate = 同一件事之前已有人反馈。
outcome-means-withdrawn = 反馈人撤回了。
life-procedures = 流程与期限

procedure-promise = 对您的承诺
procedure-first = 首次人工回应
procedure-owner = 负责
procedure-basis = 依据
procedure-step = 步骤
procedure-who = 谁
procedure-does = 做什么
procedure-product = 成果
procedure-within = 时限
procedure-pauses = 可以暂停的原因
procedure-services = 适用于
span-working-minutes = { $n } 个工作分钟
span-working-hours = { $n } 个工作小时
front-numbers = 数字
about-atom = Atom
about-open311 = Open311

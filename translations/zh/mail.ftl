### Letters. $code is the report's code, $agency who has it, $outcome what came of it, $other the code it was merged
### into, $city the city, $what the news.

mail-receipt-subject = 反馈 { $code }：已收到
mail-receipt-text = 谢谢。您的反馈已送达，正在核对。请保存这封邮件：里面的链接只属于您。用它可以跟踪反馈、回答问题、添加照片、评价结果或撤回反馈。
mail-accepted-subject = 反馈 { $code }：已受理
mail-accepted-text = 您的反馈经核对后已受理，现在由 { $agency } 处理。
mail-moved-subject = 反馈 { $code }：已转派
mail-moved-text = 您的反馈已转派，现在由 { $agency } 处理。
mail-question-subject = 反馈 { $code }：有个问题想问您
mail-question-text = 还缺一点只有您知道的信息。请打开下面的链接回答；在此之前，工作会先停下来。
mail-question_expired-subject = 反馈 { $code }：没有等到您的回复，我们先继续
mail-question_expired-text = 我们问了您一个问题，期限内没有收到回复。我们会根据已知情况继续处理。您仍然可以添加照片。
mail-paused-subject = 反馈 { $code }：工作须暂停
mail-paused-text = { $agency } 须暂停处理您的反馈，原因如下：
mail-progress-subject = 反馈 { $code }：进展情况
mail-progress-text = { $agency } 告诉您处理到了哪一步：
mail-extended-subject = 反馈 { $code }：已同意延期
mail-extended-text = { $agency } 申请了一次延期，单位负责人已同意。新的期限见下。
mail-late-subject = 反馈 { $code }：已逾期
mail-late-text = 向您承诺的期限已过，您的反馈还没有办完。现在由 { $agency } 负责，它应当向您说明进展和完成时间。
mail-extension-subject = 反馈 { $code }：申请延期
mail-extension-text = { $agency } 的经办人申请延期。请您决定同意，或维持原期限。您的决定会公开。理由：
mail-warn-subject = 反馈 { $code }：期限将至
mail-warn-text = 时间已用去 { $percent }%。步骤：{ $step }。
mail-overdue-subject = 反馈 { $code }：期限已过
mail-overdue-text = 时间已用去 { $percent }%。步骤：{ $step }。反馈的公开页面上会显示这一点。
mail-refused-subject = 反馈 { $code }：未受理
mail-refused-text = 我们未能受理您的反馈，原因见下。如果您不同意，可以申请复查一次，由另一个人决定。
mail-merged-subject = 反馈 { $code }：之前已有人反馈
mail-merged-text = 同一问题已在处理，编号 { $other }。您的反馈已并入其中，并算上了您一个。
mail-result-subject = 反馈 { $code }：{ $outcome }
mail-result-text = 您的反馈有结果了：{ $outcome }。请打开下面的链接，告诉我们您是否满意。如果不满意，可以要求重新办理。
mail-remind-subject = 反馈 { $code }：解决了吗？
mail-remind-text = 几天前我们公布了您的反馈结果：{ $outcome }。您还没有告诉我们问题是否真的解决了。请您看一看，并通过下面的链接告诉我们。我们不会再次询问。
mail-promise_due-subject = 反馈 { $code }：承诺日期已到
mail-promise_due-text = 今天是向您承诺的日期。您的反馈已重新办理，直到完成为止。现在由 { $agency } 负责。办完了吗？请通过下面的链接告诉我们。
mail-hidden-subject = 反馈 { $code }：不再公开
mail-hidden-text = 审核员把您的反馈从公开页面撤下，处理仍会继续。原因：
mail-redacted-subject = 反馈 { $code }：部分内容已遮盖
mail-redacted-text = 为保护他人，审核员从公开页面撤下了您反馈中的部分文字或照片。原因：
mail-official_comment-subject = 反馈 { $code }：讨论中有官方答复
mail-official_comment-text = 市里在您反馈的讨论中作了答复：
mail-lock_given-subject = 您暂时不能写评论
mail-lock_given-text = 因为您的一条评论被隐藏，{ $agency }暂停了您写评论。原因：{ $subject }。其他一切照常，到期自动恢复。如果不同意，请通过下面的链接说明一次，由另一个人决定。
mail-lock_ruled-subject = 关于暂停评论的决定
mail-lock_ruled-text = 另一个人（不是暂停您的人）已作出决定。{ $outcome } 理由：
mail-lock_appealed-subject = 有一项关于暂停评论的异议
mail-lock_appealed-text = 被暂停写评论的人不同意（{ $subject }）。须由暂停者以外的人决定。
mail-news-subject = 反馈 { $code }：{ $what }
mail-news-text = 您关注的反馈有新消息：{ $what }。
mail-found-subject = { $service }（{ $area }）：{ $what }
mail-found-text = 您关注的列表有新消息：{ $list }
mail-work-subject = 新任务：反馈 { $code }
mail-work-text = 有一条反馈分派给了 { $agency }。请开始处理；如果不归您单位管，请说明原因并退回。
mail-replied-subject = 反馈 { $code }：反馈人已回复
mail-replied-text = 反馈人已回答问题，可以继续处理。
mail-contested-subject = 反馈 { $code }：对不受理有异议
mail-contested-text = 反馈人不同意不受理的决定。须由另一个人重新决定。
mail-sent_back-subject = 反馈 { $code }：答复被退回
mail-sent_back-text = 受理中心没有公布这份答复。原因见下，请重新答复。
mail-reopened-subject = 反馈 { $code }：重新办理
mail-reopened-text = 反馈人对结果不满意。反馈重新交由 { $agency } 处理。
mail-appealed-subject = 反馈 { $code }：申诉
mail-appealed-text = 反馈人第二次表示不满意。反馈现在由 { $agency } 处理。
mail-promise_due_work-subject = 反馈 { $code }：承诺今天完成
mail-promise_due_work-text = 向反馈人承诺的事今天到期。反馈已重新办理。
mail-withdrawn-subject = 反馈 { $code }：已撤回
mail-withdrawn-text = 反馈人已撤回反馈，不需要再做什么。
mail-sign_in-subject = 您的登录链接
mail-sign_in-text = 有人（应该是您）想用这个地址登录{ $city }。链接只能用一次，而且很快过期。如果不是您，不用理会。
mail-confirm_address-subject = 确认您的邮箱地址
mail-confirm_address-text = 有人（应该是您）在{ $city }的工作人员账户中填写了这个地址。如果无误，请打开链接确认。如果不是您，不用理会。
mail-follow_confirm-subject = 要关注反馈 { $code } 吗？
mail-follow_confirm-text = 有人（应该是您）想用这个地址接收这条反馈的消息。如果是您，请打开链接确认。如果不是您，不用理会，不会再有邮件。
mail-follow_list_confirm-subject = 您想关注：{ $list }？
mail-follow_list_confirm-text = 有人（可能是您）想在此邮箱接收此列表的消息。如果是您，请通过链接确认。如果不是，无需任何操作，不会再有邮件。

## What followers hear of

mail-what-submit = 新报告
mail-what-pause = 工作须暂停
mail-what-progress = 进展情况
mail-what-grant_extension = 已同意延期
mail-what-escalate = 已逾期
mail-what-refuse = 未受理
mail-what-merge = 已并入较早的反馈
mail-what-undo = 已撤销决定
mail-what-publish = 结果已公布
mail-what-reopen = 重新办理
mail-what-appeal = 向上级申诉
mail-what-promise_due = 承诺日期已到
mail-what-withdraw = 反馈人已撤回
mail-what-official_comment = 讨论中有官方答复

## Facts

mail-fact-code = 编号
mail-fact-service = 事由
mail-fact-area = 地点
mail-fact-agency = 谁在处理
mail-fact-next = 下一步
mail-fact-took = 用时
mail-fact-call = 请立即拨打
mail-fact-due = 结果期限
mail-fact-reply = 请在此之前回答
mail-fact-planned = 承诺日期
mail-fact-until = 到

## Links, and why this letter came

mail-link-reporter = 打开我的反馈
mail-link-follower = 打开反馈
mail-link-staff = 在工作台打开
mail-link-author = 查看原因和您可以做什么
mail-link-sign_in = 登录
mail-link-confirm_address = 确认地址
mail-link-follow_confirm = 是的，我要关注
mail-link-follow_list_confirm = 是的，我要关注
mail-why-reporter = 您收到这封邮件，是因为您提交了这条反馈。
mail-why-follower = 您收到这封邮件，是因为您关注了这条反馈。
mail-why-list = 您收到此邮件是因为您关注了：{ $list }
mail-why-staff = 您收到这封邮件，是因为您为本市工作。
mail-why-asker = 您收到这封邮件，是因为有人填写了您的地址。
mail-why-author = 您收到这封邮件，是因为它关系到您自己的权利。
mail-stop = 停止接收这类邮件
mail-mine = 查看并停止您关注的所有内容

## Bulletins: what is new in all that somebody follows. $n reports, $new of them new, $settled settled.

mail-bulletin-day-subject = 昨天早上以来：新增{ $new }件，办结{ $settled }件
mail-bulletin-week-subject = 上周：新增{ $new }件，办结{ $settled }件
mail-bulletin-new = 新增{ $n }件
mail-bulletin-settled = 办结{ $n }件
mail-bulletin-again = 重新打开{ $n }件
mail-bulletin-more = 还有{ $n }件
mail-bulletin-why-day = 您关注的内容有新消息时，每天早上发送此简报。
mail-bulletin-why-week = 您关注的内容有新消息时，每周一早上发送此简报。

## Stopping letters

letters-stop-title = 停止接收邮件
letters-stop-text = 您想停止接收哪些邮件？回执和您自己要的链接仍会发送。
letters-stop-one = 不再接收关于 { $code } 的邮件
letters-stop-list = 停止以下内容的邮件：{ $list }
letters-stop-every-day = 停止每日简报
letters-stop-every-week = 停止每周简报
letters-stop-periodic = 停止定期报告
letters-stop-every-at_once = 停止这些邮件
letters-stop-all = 不再接收任何邮件
letters-stop-done = 好了。您不会再收到这些邮件。
letters-stop-back = 如果改变主意，关注一条反馈就行，邮件会重新开始发送。

## Following a report

letters-follow-email = 您的邮箱地址
letters-follow-hint = 没有人能看到，承办单位也看不到。
letters-follow-wrong = 这不是邮箱地址。请写成 name@example.org 这样的格式。
letters-follow-sent = 请查看您的邮箱
letters-follow-sent-text = 我们已向这个地址发了邮件。打开邮件里的链接，再按一下按钮，就开始关注。如果没收到，请看看垃圾邮件。
letters-follow-yes = 是的，我要关注

## The desk

letters-state-waiting = 等待发送
letters-state-sent = 已发送
letters-state-failed = 发送失败
letters-state-dropped = 未发送
letters-reader-reporter = 反馈人
letters-reader-follower = 关注者
letters-reader-staff = 工作人员
letters-reader-asker = 申请人
letters-reader-author = 评论者
letters-detail-sent = 已发送
letters-detail-stopped = 收件人已停止接收这类邮件
letters-detail-paused = webhook 已暂停
letters-detail-no_address = 已没有地址
letters-detail-not_public = 反馈不再公开
letters-detail-comment_hidden = 审核员隐藏了这条答复
letters-detail-interrupted = 发送过程中服务停止了
letters-detail-unwritable = 邮件无法生成，原因见日志
letters-detail-timeout = 邮件服务器响应太慢
letters-detail-gone = 接收方已不存在
letters-detail-nothing_left = 已没有可公开的内容

## Names of letters, as the desk lists them

letters-name-receipt = 回执
letters-name-accepted = 已受理
letters-name-moved = 已转派
letters-name-question = 提问
letters-name-question_expired = 提问未获回复
letters-name-paused = 工作须暂停
letters-name-progress = 进展情况
letters-name-extended = 已同意延期
letters-name-late = 逾期
letters-name-extension = 申请延期
letters-name-warn = 期限将至
letters-name-overdue = 期限已过
letters-name-refused = 未受理
letters-name-merged = 并入较早的反馈
letters-name-result = 结果
letters-name-remind = 解决了吗？
letters-name-promise_due = 承诺日期已到
letters-name-hidden = 不再公开
letters-name-redacted = 部分内容已遮盖
letters-name-official_comment = 官方答复
letters-name-lock_given = 暂停写评论
letters-name-lock_appealed = 对暂停评论的异议
letters-name-lock_ruled = 暂停评论的决定
letters-name-news = 给关注者的消息
letters-name-work = 新任务
letters-name-replied = 反馈人已回复
letters-name-contested = 对不受理有异议
letters-name-sent_back = 答复被退回
letters-name-reopened = 重新办理
letters-name-appealed = 申诉
letters-name-promise_due_work = 承诺今天完成
letters-name-withdrawn = 已撤回
letters-name-sign_in = 登录链接
letters-name-confirm_address = 确认地址
letters-name-follow_confirm = 确认关注
letters-name-found = 列表动态
letters-name-bulletin = 简报
letters-name-periodic = 定期报告
letters-name-webhook_test = 测试 webhook
letters-name-follow_list_confirm = 确认关注列表

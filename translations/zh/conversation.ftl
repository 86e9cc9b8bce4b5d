### What people say about a report, who has the problem too, and what moderators do.

## Me too

together-title = 还有谁遇到了
together-none = 您也遇到了？请告诉我们：市里会据此决定先处理什么。
together-me-too = 我也遇到了
together-undo = 取消
together-own = 这条反馈是您提交的，已经算上您了。
together-closed = 这条反馈已结束，人数不再变动。又出现了？请重新反馈：
support-own = 这条反馈是您自己提交的，已经算上您了。
support-closed = 这条反馈已结束，不能再加入或取消。如果问题又出现了，请重新反馈。
many-of-one-place = 今天来自您所在网络的人数已经很多。请登录后再参与。
new-similar-me-too = 是同一件事：我也遇到了

## The discussion

talk-title = 讨论
talk-none = 还没有人发言。
talk-earlier = 更早的评论
talk-newest = 最新评论
talk-reply = 回复
talk-flag = 举报这条评论
talk-say = 说几句
talk-say-officially = 官方答复
talk-as-office = 您代表 { $office } 答复。大家会看到单位名称，看不到您的姓名；反馈人和关注者会收到邮件。
talk-reply-to = 回复 { $name }
talk-reply-see = 查看那条评论
talk-reply-not = 不回复它
talk-text = 您想说的话
talk-text-hint = 所有人都能看到。请不要写电话号码和他人姓名。
talk-name = 显示名称
talk-name-hint = 可以用笔名。不填则显示为“一位市民”。
talk-waits = 审核员看过之后才会显示。
talk-send = 发表
comment-nameless = 一位市民
comment-hidden = 已被审核员隐藏：{ $reason }
comment-hide-personal = 含个人信息
comment-hide-insult = 侮辱他人
comment-hide-advertising = 广告
comment-hide-off_topic = 与主题无关
comment-hide-other = 其他原因
comment-name-office = 这是一个单位的名称，请换一个。
comment-reply-gone = 您要回复的评论已经不在了。您写的内容仍在下面。
talk-done-comment = 您的评论已发表。
talk-done-waiting = 谢谢。审核员看过之后，您的评论会显示在这里。
talk-done-official = 答复已发布。反馈人和关注者会收到邮件。
talk-done-flagged = 谢谢。审核员会查看这条评论。
talk-done-support = 已经算上您了。关注这条反馈，有进展时会通知您。
talk-done-undo = 已取消，不再算上您。

## Report a comment

flag-title = 举报评论
flag-text = 审核员会查看。评论的作者不会知道是谁举报的。
flag-reason = 有什么问题？
flag-reason-hint = 例如：写出了他人姓名、侮辱别人、做广告。
flag-send = 举报评论
flag-back = 返回讨论

## The moderators' list

moderation-title = 评论
moderation-list-waiting = 待审核
moderation-list-flagged = 被举报
moderation-list-newest = 最新
moderation-empty-waiting = 没有待审核的评论
moderation-empty-flagged = 没有被举报的评论
moderation-empty-newest = 还没有评论
moderation-empty-text = 大家对反馈的评论会显示在这里。
moderation-closed-off = （没有人能看到这个讨论：反馈不公开）
moderation-flags = { $n } 人举报
moderation-no-words = 没有说明
moderation-let-through = 通过
moderation-show-again = 恢复显示
moderation-keep = 保留
moderation-hide = 隐藏
moderation-why = 原因
moderation-words = 补充说明
moderation-words-hint = 会和原因一起公开显示。选择“其他原因”时必须填写。
moderation-done-show = 现在所有人都能看到了。
moderation-done-hide = 已隐藏。所有人都能看到原因。
moderation-done-keep = 已保留原样。
moderation-done-already = 别人刚刚先处理了，现在的情况如下。

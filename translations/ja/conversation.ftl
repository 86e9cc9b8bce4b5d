### What people say about a report, who has the problem too, and what moderators do.

## Me too

together-title = 同じことで困っている人
together-none = 同じことで困っていませんか。教えていただければ、市が何から対応するかを決めるときに考えに入れます。
together-me-too = 私も困っています
together-undo = 取り消す
together-own = あなたが送った通報なので、もう人数に入っています。
together-closed = この通報は終了したので、人数はもう変わりません。また起きていますか。新しく通報してください：
support-own = ご自身が送った通報なので、もう人数に入っています。
support-closed = この通報は終了したので、人数を変えられません。また起きているときは、新しく通報してください。
many-of-one-place = お使いのネットワークからは、今日すでに多くの人が数えられています。サインインすると数えられます。
new-similar-me-too = 同じことです：私も困っています

## The discussion

talk-title = コメント
talk-none = まだコメントはありません。
talk-earlier = 前のコメント
talk-newest = 最新のコメント
talk-reply = 返信する
talk-flag = このコメントを報告する
talk-say = コメントを書く
talk-say-officially = 公式に回答する
talk-as-office = { $office }として回答します。機関の名前は全員に見え、あなたの名前は誰にも見えません。通報者とフォローしている方にメールが届きます。
talk-reply-to = { $name }さんに返信する
talk-reply-see = そのコメントを見る
talk-reply-not = 返信にしない
talk-text = 内容
talk-text-hint = 誰でも読めます。電話番号や個人の名前は書かないでください。
talk-name = 表示する名前
talk-name-hint = ペンネームでかまいません。空欄なら「住民」と表示します。
talk-waits = 管理者が読んでから表示します。
talk-send = 投稿する
comment-nameless = 住民
comment-hidden = 管理者が非表示にしました：{ $reason }
comment-hide-personal = 個人情報
comment-hide-insult = 侮辱
comment-hide-advertising = 広告
comment-hide-off_topic = 話題と関係がない
comment-hide-other = その他の理由
comment-name-office = 機関の名前です。別の名前を選んでください。
comment-reply-gone = 返信先のコメントはもうありません。書いた内容は下に残っています。
talk-done-comment = コメントを公開しました。
talk-done-waiting = ありがとうございます。管理者が読んだあと、ここに表示されます。
talk-done-official = 回答を公開しました。通報者とフォローしている方にメールが届きます。
talk-done-flagged = ありがとうございます。管理者がコメントを確認します。
talk-done-support = 人数に加わりました。フォローすると、動きがあったときにお知らせします。
talk-done-undo = 取り消しました。もう人数に入っていません。

## Report a comment

flag-title = コメントを報告する
flag-text = 管理者が確認します。誰が報告したかは、書いた人には伝わりません。
flag-reason = どこが問題ですか
flag-reason-hint = 例：個人の名前が出ている、誰かを侮辱している、広告である。
flag-send = コメントを報告する
flag-back = コメント欄に戻る

## The moderators' list

moderation-title = コメント
moderation-list-waiting = 確認待ち
moderation-list-flagged = 報告あり
moderation-list-newest = 最新
moderation-empty-waiting = 確認待ちのコメントはありません
moderation-empty-flagged = 報告されたコメントはありません
moderation-empty-newest = まだコメントはありません
moderation-empty-text = 通報に寄せられたコメントがここに並びます。
moderation-closed-off = （このコメント欄は誰にも見えません：通報が公開されていません）
moderation-flags = { $n }人が報告しました
moderation-no-words = 説明なし
moderation-let-through = 表示する
moderation-show-again = もう一度表示する
moderation-keep = そのままにする
moderation-hide = 非表示にする
moderation-why = 理由
moderation-words = 補足
moderation-words-hint = 理由と一緒に誰でも読めます。「その他の理由」のときは必ず書いてください。
moderation-done-show = 誰でも読めるようになりました。
moderation-done-hide = 非表示にしました。理由は誰でも読めます。
moderation-done-keep = そのままにしました。
moderation-done-already = ほかの人が先に対応しました。今は下のとおりです。

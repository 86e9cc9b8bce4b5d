## Stopping letters

letters-stop-title = メールを止める
letters-stop-text = どのメールを止めますか。受付票と、ご自身で求めたリンクは引き続き届きます。
letters-stop-one = { $code } についてのメールを止める
letters-stop-list = 次のお知らせを止める：{ $list }
letters-stop-every-day = 毎朝のお知らせを止める
letters-stop-every-week = 毎週月曜のお知らせを止める
letters-stop-periodic = 定期報告を止める
letters-stop-every-at_once = これらのお知らせを止める
letters-stop-all = すべてのメールを止める
letters-stop-done = 止めました。このメールはもう届きません。
letters-stop-back = 気が変わったら、通報をフォローしてください。またメールが届きます。

## Following a report

letters-follow-email = メールアドレス
letters-follow-hint = 誰にも見えません。対応する機関にも見えません。
letters-follow-wrong = メールアドレスの形ではないようです。name@example.org のように書いてください。
letters-follow-sent = メールを確認してください
letters-follow-sent-text = このアドレスにメールを送りました。メールのリンクを開いてボタンを押すと、フォローが始まります。届かないときは、迷惑メールもご覧ください。
letters-follow-yes = はい、フォローする

## The desk

letters-state-waiting = 待機中
letters-state-sent = 送信済み
letters-state-failed = 失敗
letters-state-dropped = 送信せず
letters-reader-reporter = 通報者
letters-reader-follower = フォローしている人
letters-reader-staff = 職員
letters-reader-asker = 依頼した人
letters-reader-author = コメントを書いた人
letters-detail-sent = 送りました
letters-detail-stopped = 受け取る人がこのメールを止めました
letters-detail-paused = Webhook が一時停止中
letters-detail-no_address = アドレスがもうありません
letters-detail-not_public = 通報がもう公開されていません
letters-detail-comment_hidden = 管理者が回答を非表示にしました
letters-detail-interrupted = 送信中にサービスが止まりました
letters-detail-unwritable = メールを作れませんでした。理由はログにあります
letters-detail-timeout = メールサーバーの応答に時間がかかりすぎました
letters-detail-gone = 受け取り先がなくなりました
letters-detail-nothing_left = 公開できる内容がなくなりました

## Names of letters, as the desk lists them

letters-name-receipt = 受付票
letters-name-accepted = 受け付け
letters-name-moved = 担当の変更
letters-name-question = 質問
letters-name-question_expired = 質問に返信なし
letters-name-paused = 対応の中断
letters-name-progress = 進み具合
letters-name-extended = 期限の延長
letters-name-late = 期限超過
letters-name-extension = 期限延長の依頼
letters-name-warn = 期限間近
letters-name-overdue = 期限切れ
letters-name-refused = 受け付けできず
letters-name-merged = 先の通報に統合
letters-name-result = 結果
letters-name-remind = 直りましたか
letters-name-promise_due = 約束の日
letters-name-hidden = 公開の停止
letters-name-redacted = 一部を非公開
letters-name-official_comment = 公式回答
letters-name-lock_given = コメントの停止
letters-name-lock_appealed = コメントの停止への異議
letters-name-lock_ruled = コメントの停止の決定
letters-name-news = フォローしている人へのお知らせ
letters-name-work = 新しい仕事
letters-name-replied = 通報者からの返信
letters-name-contested = 見直しの求め
letters-name-sent_back = 回答の差し戻し
letters-name-reopened = 再開
letters-name-appealed = 申し立て
letters-name-promise_due_work = 今日が約束の日
letters-name-withdrawn = 取り下げ
letters-name-sign_in = ログイン用リンク
letters-name-confirm_address = アドレスの確認
letters-name-follow_confirm = フォローの確認
letters-name-found = 一覧のお知らせ
letters-name-bulletin = まとめのお知らせ
letters-name-periodic = 定期報告
letters-name-webhook_test = Webhook のテスト
letters-name-follow_list_confirm = 一覧フォローの確認

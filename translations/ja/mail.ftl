### Letters. $code is the report's code, $agency who has it, $outcome what came of it, $other the code it was merged
### into, $city the city, $what the news.

mail-receipt-subject = 通報 { $code }：受け取りました
mail-receipt-text = お知らせいただきありがとうございます。通報が届き、内容を確認しています。このメールは保管してください。メールのリンクはあなただけのものです。リンクから、経過の確認、質問への返信、写真の追加、結果の評価、取り下げができます。
mail-accepted-subject = 通報 { $code }：受け付けました
mail-accepted-text = 通報の内容を確認し、受け付けました。これからは{ $agency }が担当します。
mail-moved-subject = 通報 { $code }：担当が変わりました
mail-moved-text = 通報を引き継ぎました。これからは{ $agency }が担当します。
mail-question-subject = 通報 { $code }：お聞きしたいことがあります
mail-question-text = 通報した方にしかわからないことがあります。下のリンクから返信してください。それまで対応は止まっています。
mail-question_expired-subject = 通報 { $code }：返信を待たずに進めます
mail-question_expired-text = お聞きしたことへの返信が期限までに届きませんでした。今わかっていることをもとに進めます。写真は今からでも追加できます。
mail-paused-subject = 通報 { $code }：対応を一時中断します
mail-paused-text = { $agency }は、次の理由で対応を中断します：
mail-progress-subject = 通報 { $code }：進み具合のお知らせ
mail-progress-text = { $agency }から進み具合のお知らせです：
mail-extended-subject = 通報 { $code }：期限が延びました
mail-extended-text = { $agency }が一度だけの期限延長を求め、機関の長が認めました。新しい期限は下にあります。
mail-late-subject = 通報 { $code }：期限を過ぎました
mail-late-text = お約束した期限を過ぎましたが、まだ終わっていません。担当は{ $agency }です。どこまで進み、いつまでに終えるかをお知らせする責任があります。
mail-extension-subject = 通報 { $code }：期限延長の依頼があります
mail-extension-text = { $agency }の担当者が期限の延長を求めています。認めるか、今の期限のままにするかを決めてください。決定は公開されます。理由：
mail-warn-subject = 通報 { $code }：期限が近づいています
mail-warn-text = 時間の{ $percent }%を使いました。段階：{ $step }
mail-overdue-subject = 通報 { $code }：期限が切れました
mail-overdue-text = 時間の{ $percent }%を使いました。段階：{ $step }。通報のページで公開されています。
mail-refused-subject = 通報 { $code }：受け付けできませんでした
mail-refused-text = 通報を受け付けられませんでした。理由は下にあります。納得できないときは、一度だけ見直しを求められます。そのときは別の人が判断します。
mail-merged-subject = 通報 { $code }：すでに通報されています
mail-merged-text = 同じことに、受付番号 { $other } で対応しています。あなたの通報はそこにまとめ、困っている人の数にも加えました。
mail-result-subject = 通報 { $code }：{ $outcome }
mail-result-text = 通報の結果が出ました：{ $outcome }。満足できる結果かどうか、下のリンクから教えてください。不満なときは、対応のやり直しを求められます。
mail-remind-subject = 通報 { $code }：直りましたか
mail-remind-text = 数日前に、通報の結果をお知らせしました：{ $outcome }。本当に直ったかどうか、まだ伺っていません。確かめて、下のリンクから教えてください。もうお尋ねすることはありません。
mail-promise_due-subject = 通報 { $code }：お約束の日になりました
mail-promise_due-text = 今日がお約束の日です。作業が終わるまで、通報をもう一度開きます。担当は{ $agency }です。終わっていますか。下のリンクから教えてください。
mail-hidden-subject = 通報 { $code }：公開をやめました
mail-hidden-text = 管理者が通報を公開ページから外しました。対応は続きます。理由：
mail-redacted-subject = 通報 { $code }：一部を非公開にしました
mail-redacted-text = 誰かを守るため、管理者が通報の文章や写真の一部を公開ページから外しました。理由：
mail-official_comment-subject = 通報 { $code }：コメント欄に公式回答があります
mail-official_comment-text = あなたの通報のコメント欄に、市が回答しました：
mail-lock_given-subject = しばらくコメントを書けません
mail-lock_given-text = 非表示になったコメントのため、{ $agency }がコメントの投稿をしばらく止めました。理由：{ $subject }。ほかはすべてそのまま使え、期間が過ぎれば自動で解けます。同意できないときは下のリンクから一度だけ伝えてください。別の人が決めます。
mail-lock_ruled-subject = コメントの停止についての決定
mail-lock_ruled-text = 止めた人とは別の人が決めました。{ $outcome } 理由：
mail-lock_appealed-subject = コメントの停止に異議が出ています
mail-lock_appealed-text = コメントを止められた人が同意していません（{ $subject }）。止めた人とは別の人が決めます。
mail-news-subject = 通報 { $code }：{ $what }
mail-news-text = フォローしている通報に動きがありました：{ $what }。
mail-found-subject = { $service }（{ $area }）：{ $what }
mail-found-text = フォロー中の一覧に動きがありました：{ $list }
mail-work-subject = 新しい仕事：通報 { $code }
mail-work-text = 通報が{ $agency }に割り当てられました。対応を始めてください。担当でないときは、理由を書いて返してください。
mail-replied-subject = 通報 { $code }：通報者から返信がありました
mail-replied-text = 通報者が質問に返信しました。対応を続けられます。
mail-contested-subject = 通報 { $code }：見直しを求められています
mail-contested-text = 通報者は、受け付けられなかったことに納得していません。最初に判断した人とは別の人が決めてください。
mail-sent_back-subject = 通報 { $code }：回答が差し戻されました
mail-sent_back-text = センターは回答を公開しませんでした。理由は下にあります。もう一度回答してください。
mail-reopened-subject = 通報 { $code }：再開しました
mail-reopened-text = 通報者は結果に満足していません。{ $agency }がもう一度担当します。
mail-appealed-subject = 通報 { $code }：申し立てがありました
mail-appealed-text = 通報者は2回目の結果にも満足していません。これからは{ $agency }が担当します。
mail-promise_due_work-subject = 通報 { $code }：今日が約束の日です
mail-promise_due_work-text = 通報者に約束した日が今日です。通報は再開しています。
mail-withdrawn-subject = 通報 { $code }：取り下げられました
mail-withdrawn-text = 通報者が通報を取り下げました。これ以上することはありません。
mail-sign_in-subject = ログイン用のリンク
mail-sign_in-text = どなたか（おそらくあなた）が、このアドレスで{ $city }のサービスにログインしようとしています。リンクは短い間に1回だけ使えます。心当たりがなければ、何もしなくてかまいません。
mail-confirm_address-subject = アドレスの確認
mail-confirm_address-text = どなたか（おそらくあなた）が、{ $city }の職員アカウントにこのアドレスを登録しました。正しければリンクを開いて確認してください。心当たりがなければ、何もしなくてかまいません。
mail-follow_confirm-subject = 通報 { $code } をフォローしますか
mail-follow_confirm-text = どなたか（おそらくあなた）が、このアドレスでこの通報のお知らせを受け取ろうとしています。そうであれば、リンクから確認してください。心当たりがなければ、何もしなくてかまいません。これ以上メールは届きません。
mail-follow_list_confirm-subject = フォローの確認：{ $list }
mail-follow_list_confirm-text = このアドレスで、この一覧のお知らせを受け取りたいという申し込みがありました。ご本人であればリンクから確認してください。心当たりがなければ何もしないでください。今後メールは届きません。

## What followers hear of

mail-what-submit = 新しい報告
mail-what-pause = 対応を一時中断します
mail-what-progress = 進み具合のお知らせがあります
mail-what-grant_extension = 期限が延びました
mail-what-escalate = 期限を過ぎました
mail-what-refuse = 受け付けできませんでした
mail-what-merge = 先の通報にまとめました
mail-what-undo = 決定を取り消しました
mail-what-publish = 結果が公開されました
mail-what-reopen = 再開しました
mail-what-appeal = 上の機関に申し立てがありました
mail-what-promise_due = 約束の日になりました
mail-what-withdraw = 通報者が取り下げました
mail-what-official_comment = コメント欄に公式回答があります

## Facts

mail-fact-code = 受付番号
mail-fact-service = 内容
mail-fact-area = 場所
mail-fact-agency = 担当
mail-fact-next = 次の対応
mail-fact-took = かかった時間
mail-fact-call = 今すぐ電話
mail-fact-due = 結果の期限
mail-fact-reply = 返信の期限
mail-fact-planned = 約束の日
mail-fact-until = いつまで

## Links, and why this letter came

mail-link-reporter = 自分の通報を開く
mail-link-follower = 通報を開く
mail-link-staff = 業務画面で開く
mail-link-author = 理由とできることを見る
mail-link-sign_in = ログインする
mail-link-confirm_address = アドレスを確認する
mail-link-follow_confirm = はい、フォローする
mail-link-follow_list_confirm = はい、フォローします
mail-why-reporter = この通報を送った方にお届けしています。
mail-why-follower = この通報をフォローしている方にお届けしています。
mail-why-list = このメールは次の一覧をフォローしている方にお送りしています：{ $list }
mail-why-staff = 市の仕事を担当している方にお届けしています。
mail-why-asker = どなたかがこのアドレスを入力したため、お届けしています。
mail-why-author = ご本人の権利に関わることなのでお届けしています。
mail-stop = このメールを止める
mail-mine = フォロー中の一覧を見る・止める

## Bulletins: what is new in all that somebody follows. $n reports, $new of them new, $settled settled.

mail-bulletin-day-subject = きのうの朝から：新規{ $new }件、終了{ $settled }件
mail-bulletin-week-subject = 先週：新規{ $new }件、終了{ $settled }件
mail-bulletin-new = 新規{ $n }件
mail-bulletin-settled = 終了{ $n }件
mail-bulletin-again = 再開{ $n }件
mail-bulletin-more = ほか{ $n }件
mail-bulletin-why-day = フォロー中の内容に動きがあった朝にお送りしています。
mail-bulletin-why-week = フォロー中の内容に動きがあった週の月曜の朝にお送りしています。

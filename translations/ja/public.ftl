### Pages that everybody sees.

## Front page

front-lead = まちの困りごとを市に伝えてください。誰が担当し、何をして、いつまでに終えるのかがわかります。
front-pulse = この{ $days }日間に届いた通報と終えた通報
front-received = 届いた通報
front-received-means = この{ $days }日間に届いた通報です。
front-closed = 終了した通報
front-closed-means = この{ $days }日間に終了した通報です（結果を問いません）。
front-on-time = 期限を守った割合
front-on-time-means = この{ $days }日間に来た期限のうち、守られた割合です。まだ終わっていないものは、遅れとして数えます。
front-waiting = 今待っている通報
front-waiting-means = 今の時点で終わっていない通報です。
front-deadlines = 期限{ $n }件中
front-late = 期限超過{ $n }件
front-results = 解決したばかり
front-all-results = 解決したものをすべて見る
front-newest = 届いたばかり
front-all = 通報をすべて見る
front-none = まだ通報はありません
front-none-text = 最初の通報をお待ちしています。
number-too-few = 件数が少ないため計算していません

## Lists

reports-title = 通報一覧
reports-feed = フィード
reports-none = 見つかりませんでした
reports-none-text = 別の言葉で探すか、条件を減らしてみてください。
search-named = 次の通報をすべて見る：
search-by-name = これらの言葉をすべて含む通報はありません。{ $name }の通報を表示しています。
search-also = あわせて検索: { $words }
filter-q = 言葉、受付番号、場所
filter-field = 分野
filter-service = 種類
filter-area = 地区
filter-agency = 担当機関
filter-state = 状況
filter-outcome = 結果
filter-from = この日から
filter-to = この日まで
filter-sort = 並び順
filter-late = 期限を過ぎたものだけ
filter-open = 終わっていないものすべて
filter-any-field = すべての分野
filter-any-service = すべての種類
filter-any-area = 市内全域
filter-any-agency = すべての機関
filter-any-state = すべての状況
filter-any-outcome = すべての結果
sort-newest = 新しい順
sort-oldest = 古い順
sort-updated = 最近変わった順
sort-due = 期限が近い順
sort-closed = 最近終わった順
count-open = 未完了{ $n }件

## A report

report-sent = 通報日時
report-words = 通報の内容
report-result = 結果
report-story = これまでの経過
report-where = 場所
report-approximate = おおよその地区
report-only-area = 地区のみ判明
report-procedure = 手順
report-rating = 通報者の評価
report-merged = 同じことがすでに通報されています：{ $code } を見る
report-follow = この通報をフォローする
report-private = 通報した方の希望で、市だけが読みます。通報があることと今の状況だけが見えます。
report-confidential = 職員についての通報は、監察官だけが読みます。通報があることと今の状況だけが見えます。
report-hidden = この通報は非公開になりました。理由：{ $reason }

step-submit = 通報しました
step-accept = 受け付けました
step-ask = 通報者に質問しました
step-reply = 通報者が返信しました
step-question_expired = 期限までに返信がありませんでした
step-refuse = 受け付けませんでした
step-contest = 通報者が見直しを求めました
step-merge = 先の通報にまとめました
step-undo = 誰にも知らせる前に決定を取り消しました
step-correct = 種類か場所を直しました
step-assign = 担当機関に渡しました
step-give_back = 担当機関が返しました
step-start = 対応を始めました
step-pause = 一時中断しました
step-resume = 対応を再開しました
step-answer = 担当機関が回答しました
step-send_back = 回答が十分でないため差し戻しました
step-publish = 結果を公開しました
step-rate = 通報者が結果を評価しました
step-reopen = 通報者が満足せず、もう一度開きました
step-appeal = 上の機関に申し立てました
step-promise_due = 約束の日になり、もう一度開きました
step-withdraw = 通報者が取り下げました
step-add_media = 写真を追加しました
step-mark_urgent = 緊急の印を付けました
step-clear_urgent = 緊急の印を外しました
step-note = 職員用メモ
step-progress = 進み具合を知らせました
step-deliver = 成果物を出しました
step-extend = 期限の延長を求めました
step-grant_extension = 期限を延ばしました
step-deny_extension = 期限はそのままです
step-warn = 期限が近づいています
step-escalate = 期限が切れました
step-hide = 非公開にしました
step-unhide = もう一度公開しました
step-redact = 個人に関わる部分を隠しました
step-with = 担当：{ $agency }
step-into = まとめた先：{ $code }

## The control slip of a report

slip-link = 対応記録票
slip-title = { $code } の対応記録票
slip-report = 通報に戻る
slip-procedure = { $name }、第{ $n }版
slip-hash = 指紋 { $hash }
slip-promise = 対応全体
slip-first-response = 最初の連絡
slip-received = 受け取り
slip-due = 期限
slip-given = 完了
slip-result = 期限内か
slip-running = 進行中
slip-suspended = 停止中
slip-late = 遅れ
slip-done = 期限内
slip-done-late = 遅れ
slip-passed = 省略
slip-returned = 返却
slip-handed-over = 引き継ぎ
slip-ended = 通報とともに終了
slip-none = まだ時間の記録がありません
slip-none-text = 前のシステムから移した通報です。前のシステムには時間の記録がありませんでした。

step-used-of-promise = 約束の時間の{ $percent }%を使いました
step-used-of-step = 「{ $step }」の時間の{ $percent }%を使いました
step-product-of = 段階：{ $step }
step-without-product = 成果物がない理由：
step-to-person = 担当者：{ $name }
step-promised = 約束の日：{ $date }
step-staff-only = { $step }（職員のみ）

## Agencies

agencies-title = 担当機関
agencies-late = 期限超過
agency-below = 所属する機関

## Map

map-title = 地図
map-label = 通報の地図
map-place = 通報の場所
map-without = 地図にはJavaScriptが必要です。同じ通報は一覧でも、下の地区ごとの一覧でも見られます。
map-areas = 地区ごと
map-bbox = 範囲は、度で表した4つの数です：左,下,右,上。

## How it works

about-title = しくみ
about-lead = まちで見つけた困りごとを伝えてください。市はみんなに見えるかたちで直し、直ったかどうかは通報した方が判断します。
about-how = どの通報にも、担当機関が1つ、期限が1つあります。どちらも、これまでの経過とともに通報のページで見られます。
about-life = 通報がたどる流れ
about-agencies = { $n }の機関と、期限を守った割合
about-services = 通報できる{ $n }種類の困りごと
about-areas = 地図で見る{ $n }の地区
about-public-title = 公開されること
about-public = 書いた内容、写真、場所、すべての回答が公開されます。市だけに見せる通報は除きます。職員についての通報は監察官だけが読み、ほかの人に見えるのは番号、分野、経過だけです。理由なく消えるものはありません。
about-place = 人を守るため、場所を少し大まかに示すことがあります。撮影した場所や時刻など、写真に隠れた情報はすべて消します。
about-you-title = あなたのこと
about-you = アカウントも名前もいりません。連絡先を書いた場合は、封をして保管します。担当機関には決して見えません。開かれたときは毎回、あなたの受付票に表示されます。
privacy-why = 名前、電話番号、メールアドレスは、通報についてのお知らせと確認だけに使います。書かなくてもかまいません。
privacy-how-long = 連絡先は、通報の終了から{ $n }日後に消去します。公開の経過は残ります。
privacy-traces = 広告も追跡の仕組みもありません。クッキーは、ログイン、言語、ご自分の通報を開くためだけに使います。
privacy-rights = 通報の取り下げ、メールの停止のほか、個人情報の開示、訂正、消去を{ $agency }に求めることができます。連絡先はページの下にあります。
privacy-law = 個人情報は次の法律で守られます：{ $law }
about-operator-title = 責任者
about-operator = このサービスは{ $agency }が運営し、通報の確認と結果の公表を行います。回答の内容には、それぞれの機関が責任を負います。連絡先はページの下にあります。
about-numbers-title = 数字について
about-numbers = 「期限を守った割合」は、その期間に来たすべての期限のうち、守られたものの割合です。まだ終わっていないものは、遅れとして数えます。10件に満たないときは割合を示しません。どの数字からも、もとになった一覧を見られます。
about-access-title = 誰でも使えるように
about-access = どのページも、キーボードでも、スマートフォンでも、JavaScriptなしでも使えます。地図にあるものは一覧にもあります。
about-access-state = WCAG 2.2のAAに沿い、すべてのページをプログラムで確かめています。スクリーンリーダーの利用者による全体の確認はまだです。使いにくいところがあれば、ページ下の連絡先へお知らせください。電話でも通報できます。
about-machines-title = プログラムから使う
about-machines = どの一覧もフィードで受け取れます。公開されているものは、すべてプログラムから使えます：

life-title = 通報のその後
life-lead = 最初のひとことから結果まで、五つの段階です。だれが何をするのか、困ったときに何ができるのかを示します。
way-send = あなたが送る
way-text-send = 何が問題かを短く書き、場所を示し、写真があれば添えます。アカウントは要りません。番号と自分専用のリンクがすぐに届きます。
way-check = センターが確かめる
way-text-check = 担当者が読み、受け持つ機関に渡します。足りないことがあれば尋ね、受け付けないときは理由を示します。
way-work = 機関が対応する
way-text-work = だれが受け持ち、何をするのか、いつまでかが、いつもページにあります。終わったら写真か文書を添えて答えます。
way-prove = センターが答えを確かめる
way-text-prove = 別の人が、答えになっているかを見ます。なっていなければやり直し、なっていれば公開してお知らせします。
way-judge = あなたが評価する
way-text-judge = 満足、まあよい、不満から選びます。直っていなければ、理由を書くともう一度開きます。
way-else = 困ったとき
way-late = 期限を過ぎた
way-text-late = どれだけ遅れているかがページに出ます。機関は進み具合と新しい日を示さなければならず、責任者に知らされます。
way-refused = 受け付けられなかった
way-text-refused = 理由は公開されます。一度だけ異議を申し立てられ、別の人が決めます。
way-again = もう一度開いたのに直らない
way-text-again = 二度目は上の段階に上がります。
way-safe = だれがあなたを知るのか
way-text-safe = 対応する機関には、名前、電話番号、メールは見えません。開いた人の記録は残り、あなたも見られます。
life-states = すべての状況を正確に
life-states-text = 通報はいつも、次のどれかの状況にあります。
life-ways = 次にだれが何をできるか
life-back = 質問が出された段階に戻る
life-received = 通報が届きました。センターが確認し、担当機関を決めます。
life-waiting_reporter = 通報者にしかわからないことを確認しています。その間、対応の時間は進みません。
life-assigned = 機関が引き受け、まだ始めていません。
life-in_progress = 担当機関が対応しています。
life-in_review = 担当機関が回答しました。センターの別の人が、十分な回答かどうかを確認します。
life-closed = 結果が公開されました。通報者が評価し、やり直しを求めることもできます。
life-outcomes = 結果
life-outcomes-text = 通報が今どこにあるかと、どうなったかは別のことです。終了した通報の結果は、次のどれかです：
outcome-means-fixed = 解決しました。証拠の写真か文書があります。
outcome-means-planned = 実施する日を約束しました。その日に自動でもう一度開きます。
outcome-means-forwarded = 市の外の機関が担当することです。
outcome-means-not_found = 現場では何も見つかりませんでした。
outcome-means-no_authority = 市には対応する権限がありません。
outcome-means-no_budget = まだ予算がありません。
outcome-means-refused = 公開された理由により、受け付けませんでした。一度だけ見直しを求められます。
outcome-means-duplicate = 同じことがすでに通報されています。
outcome-means-withdrawn = 通報者が取り下げました。
life-procedures = 対応の手順と期限

procedure-promise = お約束の期限
procedure-first = 最初の連絡まで
procedure-owner = 担当
procedure-basis = 根拠
procedure-step = 段階
procedure-who = 誰が
procedure-does = すること
procedure-product = 成果物
procedure-within = 期限
procedure-pauses = 中断できる理由
procedure-services = この手順で対応する通報
span-working-minutes = { $n }分（業務時間内）
span-working-hours = { $n }営業時間
front-numbers = 数字で見る
about-atom = Atom
about-open311 = Open311

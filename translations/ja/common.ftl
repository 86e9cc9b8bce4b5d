## The frame of a page

skip-to-content = 本文へ移動
nav-label = メインメニュー
nav-language = 言語
machine-made = このページは機械翻訳で、まだ人が確認していません。
nav-home = ホーム
nav-reports = 通報一覧
nav-map = 地図
nav-new = 通報する
nav-desk = 業務画面
nav-account = アカウント
nav-sign-in = ログイン
nav-sign-out = ログアウト
search-label = 通報を探す
search-hint = 言葉、受付番号、場所で探す
search-button = 探す
call-now = 命に危険があるときは、すぐ電話してください:
call-now-title = 危険な状態の人がいる場合は、今すぐ電話してください
call-now-text = ここでの返事を待たないでください。通報はそのまま送られ、最初に確認されます。
footer-contacts = ほかの連絡方法
footer-about = しくみ
footer-privacy = プライバシー
footer-access = アクセシビリティ
footer-procedures = 対応の手順と期限
footer-software = オープンソースソフトウェア Nhịp で動いています

## States and outcomes

status-received = 受け取り済み
status-waiting_reporter = 通報者の返信待ち
status-assigned = 担当決定
status-in_progress = 対応中
status-in_review = 結果を確認中
status-closed = 終了
status-fixed = 解決
status-planned = 実施日を約束
status-forwarded = 他機関へ引き継ぎ
status-not_found = 現場で見つからず
status-no_authority = 権限の範囲外
status-no_budget = まだ予算なし
status-refused = 受け付けできず
status-duplicate = すでに通報あり
status-withdrawn = 取り下げ

## The clock

clock-label = 使った時間：{ $percent }%
clock-paused = 一時停止
clock-no-deadline = 期限なし

## Counts

count-more = 通報{ $n }件以上
count-reports = 通報{ $n }件
count-supports = { $n }人が同じことで困っています
count-comments = コメント{ $n }件

## Shared parts

field-optional = 任意
error-summary-title = まだ送られていません
photo-before = 対応前
photo-after = 対応後
before-after-slider = 動かして対応の前と後を比べる
photo-open = 大きな写真を見る
entry-attempt = { $n }回目の対応
entry-technical = 技術的な記録{ $n }件
comment-official = 公式回答
comment-held = 管理者の確認待ち
filter-apply = 絞り込む
filter-clear = 条件を消す
filter-title = 絞り込み
pager-label = ページ
pager-newer = 新しいもの
pager-older = 古いもの
stat-of = { $n }件中
pulse-received = 届いた
pulse-settled = 終えた
pulse-table = 日ごとの件数
pulse-day = 日
dialog-cancel = いいえ、戻る
toast-close = 閉じる
map-list = 地図にあるものの一覧
map-zoom-in = 拡大する
map-zoom-out = 縮小する
map-scroll = 地図を拡大・縮小するには、Ctrlキーを押しながらスクロールしてください
map-scroll-mac = 地図を拡大・縮小するには、⌘キーを押しながらスクロールしてください
map-fingers = 地図を動かすには2本の指を使ってください

## Choosing a place

place-locate = 現在地を使う
place-choose = 地図で選ぶ
place-forget = この場所を消す
place-map = 場所を選ぶ地図
place-pin = 選んだ場所
place-loading = 地図を読み込んでいます
place-no-map = ここでは地図を表示できません。下の一覧から地区を選んでください。
place-help = タップするとピンが立ち、ドラッグすると動きます。
place-help-keys = キーボードでは、矢印で地図を動かし、+と−で拡大・縮小し、Enterで中央の十字にピンを立て、Escで地図を閉じます。
place-asking = 現在地を調べています
place-failed = 現在地がわかりませんでした。地図で選ぶか、下で地区を選んでください。
place-kept = 場所を決めました。
place-in = この場所は{ $area }にあります。
place-perhaps = この場所はおそらく{ $area }にあります。
place-outside = この場所は市の外です。別の場所を選んでください。

## Time

time-date = { $year }年{ $month }{ $day }日
time-moment = { $month }{ $day }日({ $weekday }) { $time }
time-exact = { $year }年{ $month }{ $day }日({ $weekday }) { $time }
time-just-now = たった今
time-ago = { $span }前
time-today = 本日{ $time }
time-left = あと{ $span }
time-late = { $span }超過
time-due-today = 今日が期限
span-minutes = { $n }分
span-hours = { $n }時間
span-days = { $n }日
span-months = { $n }か月
span-years = { $n }年
span-working-days = { $n }営業日
weekday-1 = 月
weekday-2 = 火
weekday-3 = 水
weekday-4 = 木
weekday-5 = 金
weekday-6 = 土
weekday-7 = 日
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

### A report, told alike wherever it appears.

report-hidden-title = 非公開：{ $reason }
report-private-title = 市だけが読む通報 · { $field }
report-confidential-title = 秘密の通報 · { $field }
photo-alt = 通報の写真

clock-reporter = 通報者
clock-owes-check = 内容を確認し、担当を決める
clock-owes-reply = 質問に返信する
clock-owes-review = 結果を確認する
clock-owes-answer = 写真を添えて回答する
clock-by = { $when }まで
clock-result-by = 結果の期限 { $when }
clock-planned = { $date }に実施の約束
clock-took = { $span }で解決
clock-closed-after = { $span }で終了
clock-took-late = { $took }、{ $span }超過
clock-took-in-time = { $took }、期限内

filter-unknown = その選択肢はないため、条件から外しました。
filter-date = 日付の形ではないようです。2026-11-27 のように書いてください。
filter-period = 終わりの日が始まりの日より前なので、期間を条件から外しました。

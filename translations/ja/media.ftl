# Why a photo was not taken, and what you can do about it.
photo-too-large = 写真が大きすぎます。1つのファイルは{ $megabytes } MBまでです。
photo-too-many = 一度に送れるファイルは{ $count }個までです。
photo-too-many-pixels = この写真は{ $width } × { $height }ピクセルです。受け取れるのは、カメラのJPEGで{ $jpeg }メガピクセルまで、その他の画像は全体で{ $megapixels }メガピクセル、一辺{ $side }ピクセルまでです。小さくしてから、もう一度送ってください。
photo-not-a-photo = このファイルは写真ではありません。JPEG、PNG、WebP、AVIFの画像を選んでください。
photo-truncated = 写真の終わりの部分が欠けています。通信が切れたのかもしれません。もう一度送ってください。
photo-damaged = この写真を開けません。ファイルが壊れているのかもしれません。別の写真を選んでください。
photo-no-room = いまは写真を保存する場所がありません。写真なしで送り、後から追加してください。
photo-unsupported-kind = { $kind }のファイルは受け取れません。JPEG、PNG、WebPの画像を送ってください。

## Photos that are sent ahead of their form; the device puts the numbers in

photo-take = 写真を撮る
photo-held = 送る写真
photo-sending = 写真を送信中: [all] kB のうち [done] kB
photo-sent = 写真が届きました。通報はいつでも送れます。
photo-waits = 接続が切れました。つながり次第、続きを送ります。届いた写真は送り直しません。
photo-failed = この写真は送れませんでした。
photo-gone = 保管期限が過ぎた写真があります。選び直してください。

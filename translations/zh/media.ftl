# Why a photo was not taken, and what you can do about it.
photo-too-large = 照片太大了。每个文件最大 { $megabytes } MB。
photo-too-many = 一次最多可以发送 { $count } 个文件。
photo-too-many-pixels = 这张照片有 { $width } × { $height } 像素。相机拍的 JPEG 最多接收 { $jpeg } 百万像素，其他图片最多 { $megapixels } 百万像素，每边不超过 { $side } 像素。请缩小后再发送。
photo-not-a-photo = 这个文件不是照片。请选择 JPEG、PNG、WebP 或 AVIF 图片。
photo-truncated = 照片末尾不完整，可能是网络中断了。请重新发送。
photo-damaged = 这张照片打不开，文件可能已损坏。请换一张。
photo-no-room = 目前没有存放照片的空间。请先不带照片提交，之后可以补充照片。
photo-unsupported-kind = 我们不能接收 { $kind } 文件。请发送 JPEG、PNG 或 WebP 图片。

## Photos that are sent ahead of their form; the device puts the numbers in

photo-take = 拍照
photo-held = 附上照片
photo-sending = 正在发送照片：[done] / [all] kB
photo-sent = 照片已送达。您随时可以提交反馈。
photo-waits = 连接中断。恢复后会继续发送，已送达的照片不会重发。
photo-failed = 这张照片未能发送。
photo-gone = 有照片已不再保留，请重新选择。

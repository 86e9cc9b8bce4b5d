# Vì sao một tấm ảnh không được nhận, và bạn có thể làm gì.
photo-too-large = Ảnh quá lớn. Mỗi tệp tối đa { $megabytes } MB.
photo-too-many = Bạn chỉ có thể gửi tối đa { $count } tệp mỗi lần.
photo-too-many-pixels = Ảnh có { $width } × { $height } điểm ảnh, vượt mức cho phép: ảnh JPEG của máy ảnh tối đa { $jpeg } triệu điểm ảnh, ảnh khác tối đa { $megapixels } triệu điểm ảnh và { $side } điểm ảnh mỗi cạnh. Vui lòng thu nhỏ rồi gửi lại.
photo-not-a-photo = Tệp này không phải là ảnh. Vui lòng chọn ảnh JPEG, PNG, WebP hoặc AVIF.
photo-truncated = Ảnh bị thiếu phần cuối, có thể do mạng ngắt giữa chừng. Vui lòng gửi lại.
photo-damaged = Không mở được ảnh này, có thể tệp đã hỏng. Vui lòng chọn ảnh khác.
photo-no-room = Hệ thống tạm hết chỗ cho ảnh. Vui lòng gửi trước phần chữ; bạn có thể thêm ảnh sau.
photo-unsupported-kind = Chưa nhận được tệp { $kind }. Vui lòng gửi ảnh JPEG, PNG hoặc WebP.

## Photos that are sent ahead of their form; the device puts the numbers in

photo-take = Chụp ảnh
photo-held = Gửi kèm ảnh
photo-sending = Đang gửi ảnh: [done] trên [all] kB
photo-sent = Ảnh đã gửi xong. Bạn gửi phản ánh lúc nào cũng được.
photo-waits = Mạng bị ngắt. Ảnh sẽ được gửi tiếp khi có mạng, ảnh đã gửi không phải gửi lại.
photo-failed = Ảnh này không gửi được.
photo-gone = Có ảnh không còn giữ được. Vui lòng chọn lại ảnh.

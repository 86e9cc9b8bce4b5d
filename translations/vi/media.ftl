# Vì sao một tấm ảnh không được nhận, và bạn có thể làm gì.
photo-too-large = Ảnh quá lớn. Mỗi tệp tối đa { $megabytes } MB.
photo-too-many = Bạn chỉ có thể gửi tối đa { $count } tệp mỗi lần.
photo-too-many-pixels = Ảnh có { $width } × { $height } điểm ảnh, vượt mức { $megapixels } triệu điểm ảnh hoặc { $side } điểm ảnh mỗi cạnh. Bạn hãy thu nhỏ rồi gửi lại.
photo-not-a-photo = Tệp này không phải là ảnh. Bạn hãy chọn ảnh JPEG, PNG, WebP hoặc AVIF.
photo-truncated = Ảnh bị thiếu phần cuối, có thể do mạng ngắt giữa chừng. Bạn hãy gửi lại.
photo-damaged = Không mở được ảnh này, có thể tệp đã hỏng. Bạn hãy chọn ảnh khác.
photo-no-room = Hệ thống tạm hết chỗ cho ảnh. Hãy gửi trước phần chữ, bạn có thể thêm ảnh sau.
photo-unsupported-kind = Chưa nhận được tệp { $kind }. Bạn hãy gửi ảnh JPEG, PNG hoặc WebP.

## Photos that are sent ahead of their form; the device puts the numbers in

photo-take = Chụp ảnh
photo-held = Gửi kèm ảnh
photo-sending = Đang gửi ảnh: [done] trên [all] kB
photo-sent = Ảnh đã gửi xong. Bạn gửi phản ánh lúc nào cũng được.
photo-waits = Mạng bị ngắt. Ảnh sẽ được gửi tiếp khi có mạng, ảnh đã gửi không phải gửi lại.
photo-failed = Ảnh này không gửi được.
photo-gone = Có ảnh không còn giữ được. Vui lòng chọn lại ảnh.

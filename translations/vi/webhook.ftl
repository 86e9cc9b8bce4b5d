### Trang của các chương trình được báo tin, trên bàn làm việc.

desk-tab-webhooks = Webhook
webhook-title = Webhook
webhook-lead = Những chương trình được báo khi có phản ánh mới, có kết quả hay mở lại, bằng yêu cầu có chữ ký: cổng SMS hay Zalo, hệ thống của các đơn vị.
webhook-none = Chưa báo cho chương trình nào
webhook-none-text = Thêm ở bên dưới. Cần một địa chỉ công khai, bắt đầu bằng https.
webhook-state = Trạng thái
webhook-state-running = đang chạy
webhook-state-paused = tạm dừng
webhook-failed = { $n } lần gọi gần đây không thành
webhook-url = Địa chỉ
webhook-url-hint = Bắt đầu bằng https, không nằm trong mạng nội bộ.
webhook-what = Được báo về
webhook-since = Từ
webhook-test = Gửi thử
webhook-pause = Tạm dừng
webhook-resume = Tiếp tục
webhook-stop = Gỡ bỏ
webhook-stop-text = Sẽ không gửi gì nữa, và mã bí mật hết tác dụng. Không hoàn lại được; có thể thêm lại với mã mới.
webhook-calls = Những lần gọi gần đây
webhook-calls-none = Chưa gửi gì.
webhook-add = Thêm webhook
webhook-add-text = Điều chương trình cần biết có trong tài liệu đi kèm phần mềm, tệp guides/webhook.md.
webhook-name = Chương trình của ai
webhook-name-hint = Để đồng nghiệp biết hỏi ai.
webhook-filter = Phản ánh nào
webhook-filter-hint = Dán địa chỉ của một danh sách, như /reports?area={ $area }. Để trống: tất cả phản ánh.
webhook-filter-wrong = Điều này không thu hẹp danh sách nào. Hãy lọc ở /reports rồi dán địa chỉ.
webhook-made = Từ bây giờ { $name } được báo.
webhook-secret = Đây là mã bí mật, để chương trình kiểm tra ai gửi yêu cầu. Chỉ hiện một lần này: hãy giao cho chương trình ngay.
webhook-stopped = Đã gỡ bỏ ({ $n })
webhook-done-pause = Đã tạm dừng. Điều xảy ra lúc này sẽ không báo lại sau.
webhook-done-resume = Đã báo trở lại.
webhook-done-stop = Đã gỡ bỏ.
webhook-done-test = Đang gửi thử. Kết quả sẽ hiện bên dưới trong giây lát.
webhook-test-line = Đây là tin thử. Không có gì xảy ra.

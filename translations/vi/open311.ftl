## Open311: what goes wrong, and what is answered

open311-no-format = Định dạng là phần đuôi của địa chỉ: hãy thêm .json hoặc .xml.
open311-method = Địa chỉ này không nhận phương thức này.
open311-content-type = Hãy gửi biểu mẫu: application/x-www-form-urlencoded hoặc multipart/form-data.
open311-too-large = Biểu mẫu quá lớn. Các ô chữ được tối đa 256 kB, tệp gửi theo từng phần của multipart/form-data.
open311-multipart = Không đọc được biểu mẫu: bị hỏng hoặc bị ngắt giữa chừng.
open311-control = Trong “{ $value }” có byte NUL.
open311-key = Cần api_key hợp lệ. Đơn vị vận hành của thành phố cấp khóa này.
open311-key-scope = Khóa này không được phép làm việc đó.
open311-key-service = Để có khóa, hãy hỏi thành phố qua các kênh liên hệ nêu ở đây.
open311-jurisdiction = Đây là dịch vụ của địa phương khác.
open311-no-service = Không có dịch vụ "{ $value }".
open311-needs-service = Hãy nêu mã của dịch vụ.
open311-needs-place = Cần có vị trí: lat và long, hoặc address_string, hoặc address_id.
open311-address-unknown = Chưa xác định được nơi này. Hãy gửi lat và long, hoặc ghi tên phường, xã trong địa chỉ.
open311-number = "{ $value }" không phải số nguyên trong khoảng cho phép.
open311-boolean = “{ $value }” không phải true, cũng không phải false.
open311-date = "{ $value }" không phải ngày giờ. Hãy viết như 2026-03-01T09:00:00Z.
open311-date-range = "{ $value }" quá xa: chỉ nhận ngày từ năm 1970 đến một năm sau hôm nay.
open311-period = Ngày cuối đứng trước ngày đầu.
open311-span = Mỗi lần chỉ hỏi được tối đa 90 ngày.
open311-point = "{ $value }" không phải một điểm: lat và long là độ thập phân.
open311-half-point = Cần có cả lat và long.
open311-radius = Hình tròn cần lat, long và bán kính tính bằng mét, lớn hơn 0 và không quá 200000.
open311-bbox = "{ $value }" không phải khung: trái,dưới,phải,trên bằng độ thập phân.
open311-status-unknown = "{ $value }" không phải trạng thái.
open311-media-url = "{ $value }" không phải đường dẫn đến ảnh. Nhận tối đa năm đường dẫn bắt đầu bằng https://.
open311-email = Đây không phải địa chỉ email.
open311-phone = Đây không phải số điện thoại.
open311-needs-request = Hãy nêu phản ánh bằng service_request_id.
open311-needs-status = Thiếu trạng thái.
open311-needs-description = Cập nhật cần có nội dung.
open311-notice = Đã nhận với mã số { $code }.

## The reference for programmers

api-title = Dành cho lập trình viên
api-lead = Chương trình có thể đọc mọi phản ánh công khai và gửi phản ánh mới theo Open311 GeoReport v2, chuẩn mở của các thành phố. Bản mô tả đầy đủ cho công cụ là tài liệu OpenAPI.
api-document = Tài liệu OpenAPI
api-try = Danh sách dịch vụ, dạng JSON
open311-key-used = Khóa này đã dùng cho nội dung khác. Chưa lưu gì: vui lòng gửi lại với khóa mới.

## Khung trang

skip-to-content = Đến nội dung chính
nav-label = Chính
nav-language = Ngôn ngữ
machine-made = Trang này do máy dịch, chưa có người soát lại.
nav-home = Trang chủ
nav-reports = Phản ánh
nav-map = Bản đồ
nav-new = Gửi phản ánh
nav-desk = Bàn làm việc
nav-account = Tài khoản
nav-sign-in = Đăng nhập
nav-sign-out = Đăng xuất
search-label = Tìm phản ánh
search-hint = Tìm theo từ, mã hoặc địa điểm
search-button = Tìm
call-now = Nguy hiểm đến tính mạng, hãy gọi ngay:
call-now-title = Nếu có người đang gặp nguy hiểm, hãy gọi ngay
call-now-text = Đừng chờ trả lời ở đây. Phản ánh vẫn được gửi và được xem trước tiên.
footer-contacts = Liên hệ khác
footer-about = Cách hệ thống vận hành
footer-privacy = Quyền riêng tư
footer-access = Hỗ trợ tiếp cận
footer-procedures = Quy trình và thời hạn
footer-software = Chạy bằng Nhịp, phần mềm nguồn mở

## Trạng thái và kết quả

status-received = Chờ tiếp nhận
status-waiting_reporter = Chờ người gửi trả lời
status-assigned = Đã giao xử lý
status-in_progress = Đang xử lý
status-in_review = Đang kiểm tra kết quả
status-closed = Đã đóng
status-fixed = Đã khắc phục
status-planned = Đã hẹn ngày làm
status-forwarded = Đã chuyển cơ quan khác
status-not_found = Kiểm tra, không phát hiện
status-no_authority = Ngoài thẩm quyền
status-no_budget = Chưa có kinh phí
status-refused = Không tiếp nhận
status-duplicate = Trùng phản ánh
status-withdrawn = Người gửi đã rút

## Đồng hồ

clock-label = Thời gian đã dùng: { $percent }%
clock-paused = tạm dừng
clock-no-deadline = không có thời hạn

## Số lượng

count-more = hơn { $n } phản ánh
count-reports = { $n } phản ánh
count-supports = { $n } người cùng gặp
count-comments = { $n } bình luận

## Thành phần dùng chung

field-optional = không bắt buộc
error-summary-title = Chưa gửi được
photo-before = Trước
photo-after = Sau
before-after-slider = Kéo để so sánh ảnh trước và sau
photo-open = Xem ảnh lớn
entry-attempt = Lần xử lý { $n }
entry-technical = { $n } bước kỹ thuật
comment-official = Trả lời chính thức
comment-held = Đang chờ duyệt
filter-apply = Lọc
filter-clear = Bỏ lọc
filter-title = Bộ lọc
pager-label = Trang
pager-newer = Mới hơn
pager-older = Cũ hơn
stat-of = trên { $n }
pulse-received = gửi đến
pulse-settled = đã đóng
pulse-table = Xem dạng bảng
pulse-day = Ngày
dialog-cancel = Không, quay lại
toast-close = Đóng
map-list = Danh sách những gì có trên bản đồ
map-zoom-in = Phóng to
map-zoom-out = Thu nhỏ
map-scroll = Giữ Ctrl và cuộn để phóng to, thu nhỏ bản đồ
map-scroll-mac = Giữ ⌘ và cuộn để phóng to, thu nhỏ bản đồ
map-fingers = Dùng hai ngón tay để dời bản đồ

## Chọn địa điểm

place-locate = Dùng vị trí của tôi
place-choose = Chọn trên bản đồ
place-forget = Bỏ vị trí này
place-map = Bản đồ để chọn vị trí
place-pin = Vị trí đã chọn
place-loading = Đang tải bản đồ
place-no-map = Không hiện được bản đồ. Vui lòng chọn phường, xã trong danh sách bên dưới.
place-help = Chạm để đặt ghim, kéo để chỉnh.
place-help-keys = Bằng bàn phím: mũi tên dời bản đồ, + và − phóng to, thu nhỏ, Enter đặt ghim dưới dấu thập, Esc đóng bản đồ.
place-asking = Đang lấy vị trí của bạn
place-failed = Không lấy được vị trí. Vui lòng chọn trên bản đồ, hoặc chọn phường, xã bên dưới.
place-kept = Vị trí đã được chọn.
place-in = Vị trí này thuộc { $area }.
place-perhaps = Vị trí này có lẽ thuộc { $area }.
place-outside = Vị trí này nằm ngoài thành phố. Vui lòng chọn chỗ khác.

## Thời gian

time-date = { $daynumber }/{ $monthnumber }/{ $year }
time-moment = { $weekday } { $daynumber }/{ $monthnumber }, { $time }
time-exact = { $weekday } { $daynumber }/{ $monthnumber }/{ $year }, { $time }
time-just-now = vừa xong
time-ago = { $span } trước
time-today = { $time } hôm nay
time-left = còn { $span }
time-late = trễ hạn { $span }
time-due-today = đến hạn hôm nay
span-minutes = { $n } phút
span-hours = { $n } giờ
span-days = { $n } ngày
span-months = { $n } tháng
span-years = { $n } năm
span-working-days = { $n } ngày làm việc
weekday-1 = thứ Hai
weekday-2 = thứ Ba
weekday-3 = thứ Tư
weekday-4 = thứ Năm
weekday-5 = thứ Sáu
weekday-6 = thứ Bảy
weekday-7 = Chủ nhật
month-1 = tháng 1
month-2 = tháng 2
month-3 = tháng 3
month-4 = tháng 4
month-5 = tháng 5
month-6 = tháng 6
month-7 = tháng 7
month-8 = tháng 8
month-9 = tháng 9
month-10 = tháng 10
month-11 = tháng 11
month-12 = tháng 12

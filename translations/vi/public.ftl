### Những trang ai cũng xem được.

## Trang chủ

front-lead = Phản ánh vấn đề bạn gặp trong thành phố và theo dõi: đơn vị nào xử lý, làm gì, hạn đến khi nào.
front-pulse = Gửi đến và đã đóng, { $days } ngày qua
front-received = Đã nhận
front-received-means = Phản ánh gửi đến trong { $days } ngày qua.
front-closed = Đã đóng
front-closed-means = Phản ánh đã đóng trong { $days } ngày qua, với mọi kết quả.
front-on-time = Đúng hạn
front-on-time-means = Trong các hạn rơi vào { $days } ngày qua, phần đã kịp hạn. Trễ hạn mà chưa xong tính là trễ.
front-waiting = Đang chờ
front-waiting-means = Còn mở lúc này.
front-deadlines = trên { $n } lượt đến hạn
front-late = { $n } trễ hạn
front-results = Vừa khắc phục xong
front-all-results = Tất cả phản ánh đã khắc phục
front-newest = Vừa gửi đến
front-all = Tất cả phản ánh
front-none = Chưa có phản ánh nào
front-none-text = Phản ánh đầu tiên có thể là của bạn.
number-too-few = còn ít, chưa tính

## Danh sách

reports-title = Phản ánh
reports-feed = RSS
reports-none = Không có phản ánh nào khớp
reports-none-text = Thử từ khác, hoặc bỏ bớt điều kiện lọc.
search-named = Xem tất cả phản ánh của:
search-by-name = Không phản ánh nào có đủ các từ này. Đây là các phản ánh của { $name }.
search-also = Tìm cả: { $words }
filter-q = Từ, mã hoặc địa điểm
filter-field = Lĩnh vực
filter-service = Loại phản ánh
filter-area = Phường, xã
filter-agency = Đơn vị
filter-state = Trạng thái
filter-outcome = Kết quả
filter-from = Từ ngày
filter-to = Đến ngày
filter-sort = Thứ tự
filter-late = Chỉ việc trễ hạn
filter-open = Tất cả việc còn mở
filter-any-field = Tất cả lĩnh vực
filter-any-service = Tất cả loại phản ánh
filter-any-area = Cả thành phố
filter-any-agency = Tất cả đơn vị
filter-any-state = Tất cả trạng thái
filter-any-outcome = Tất cả kết quả
sort-newest = Mới nhất trước
sort-oldest = Cũ nhất trước
sort-updated = Vừa thay đổi trước
sort-due = Gần hạn trước
sort-closed = Vừa xong trước
count-open = { $n } đang mở

## Một phản ánh

report-sent = Gửi lúc
report-words = Nội dung phản ánh
report-result = Kết quả
report-story = Quá trình xử lý
report-where = Ở đâu
report-approximate = ước chừng
report-only-area = ước chừng: chỉ biết phường, xã
report-procedure = Quy trình
report-rating = Người gửi đánh giá
report-merged = Việc này đã được phản ánh trước đó: xem { $code }
report-follow = Theo dõi phản ánh này
report-private = Người gửi muốn chỉ thành phố đọc. Bạn thấy được rằng có phản ánh này và phản ánh đang ở đâu.
report-confidential = Phản ánh về cán bộ chỉ thanh tra được đọc. Bạn thấy được rằng có phản ánh này và phản ánh đang ở đâu.
report-hidden = Phản ánh này đã được ẩn. Lý do: { $reason }

step-submit = Đã gửi
step-accept = Đã tiếp nhận
step-ask = Hỏi người gửi
step-reply = Người gửi trả lời
step-question_expired = Hết hạn chờ mà chưa có trả lời
step-refuse = Không tiếp nhận
step-contest = Người gửi đề nghị xem lại việc từ chối
step-merge = Gộp với phản ánh trước
step-correct = Sửa loại phản ánh hoặc vị trí
step-undo = Thu hồi quyết định vừa rồi, trước khi báo cho bất kỳ ai
step-assign = Giao lại việc
step-give_back = Đơn vị trả lại
step-start = Bắt đầu xử lý
step-pause = Tạm dừng
step-resume = Làm tiếp
step-answer = Đơn vị đã trả lời
step-send_back = Câu trả lời chưa đạt, yêu cầu làm lại
step-publish = Công bố kết quả
step-rate = Người gửi đánh giá kết quả
step-reopen = Mở lại: người gửi chưa hài lòng
step-appeal = Đề nghị cấp trên xem lại
step-promise_due = Đến ngày đã hẹn nên mở lại
step-withdraw = Người gửi rút lại
step-add_media = Thêm ảnh
step-mark_urgent = Đánh dấu khẩn
step-clear_urgent = Bỏ dấu khẩn
step-note = Ghi chú nội bộ
step-progress = Báo tiến độ
step-deliver = Đã nộp
step-extend = Đề nghị gia hạn
step-grant_extension = Được gia hạn
step-deny_extension = Giữ nguyên thời hạn
step-warn = Sắp đến hạn
step-escalate = Trễ hạn
step-hide = Đã ẩn
step-unhide = Hiện lại
step-redact = Đã che thông tin riêng
step-with = Đơn vị: { $agency }
step-into = Gộp vào: { $code }

## Phiếu kiểm soát của một phản ánh

slip-link = phiếu kiểm soát
slip-title = Phiếu kiểm soát { $code }
slip-report = Về phản ánh
slip-procedure = { $name }, phiên bản { $n }
slip-hash = mã băm { $hash }
slip-promise = Toàn bộ phản ánh
slip-first-response = Phản hồi đầu tiên
slip-received = Nhận lúc
slip-due = Hạn
slip-given = Giao lúc
slip-result = Đúng hạn
slip-running = đang làm
slip-suspended = tạm dừng
slip-late = trễ hạn
slip-done = đúng hạn
slip-done-late = trễ hạn
slip-passed = bỏ qua
slip-returned = trả lại
slip-handed-over = đã chuyển giao
slip-ended = kết thúc cùng phản ánh
slip-none = Chưa ghi nhận thời gian xử lý
slip-none-text = Phản ánh này được chuyển từ hệ thống cũ, nơi không ghi thời gian từng bước.

step-used-of-promise = Đã dùng { $percent }% thời hạn xử lý
step-used-of-step = Đã dùng { $percent }% thời gian của bước “{ $step }”
step-product-of = Bước: { $step }
step-without-product = Không có sản phẩm, vì:
step-to-person = Cán bộ: { $name }
step-promised = Hẹn làm xong: { $date }
step-staff-only = { $step } (nội bộ)

## Đơn vị

agencies-title = Các đơn vị
agencies-late = Trễ hạn
agency-below = Đơn vị trực thuộc

## Bản đồ

map-title = Bản đồ
map-label = Bản đồ các phản ánh
map-place = Vị trí của phản ánh
map-without = Bản đồ cần JavaScript. Các phản ánh cũng có trong danh sách và theo từng phường, xã bên dưới.
map-areas = Theo phường, xã
map-bbox = Khung gồm bốn số theo độ: trái,dưới,phải,trên.

## Cách vận hành

about-title = Cách hệ thống vận hành
about-lead = Bạn báo điều chưa ổn ngoài đường. Thành phố khắc phục công khai, và bạn là người nói đã xong hay chưa.
about-how = Mỗi phản ánh có một đơn vị chịu trách nhiệm và một hạn. Cả hai ghi trên trang của phản ánh, cùng từng bước đã làm.
about-life = Một phản ánh đi qua những bước nào
about-agencies = { $n } đơn vị và tỷ lệ đúng hạn của từng đơn vị
about-services = { $n } loại phản ánh
about-areas = { $n } phường, xã trên bản đồ
about-public-title = Điều gì được công khai
about-public = Lời bạn viết, ảnh, vị trí và mọi câu trả lời, trừ khi bạn muốn chỉ thành phố đọc. Phản ánh về cán bộ chỉ thanh tra được đọc; mọi người chỉ thấy mã, lĩnh vực và các bước. Không điều gì biến mất mà không có lý do.
about-place = Có nơi được hiện kém chính xác hơn để giữ an toàn cho mọi người. Ảnh được xóa hết dữ liệu ẩn, như nơi chụp và giờ chụp.
about-you-title = Bảo vệ thông tin của bạn
about-you = Bạn không cần tài khoản, không cần tên. Thông tin liên hệ bạn để lại được mã hóa, lưu riêng; đơn vị xử lý không bao giờ thấy, và mỗi lần mở đều hiện trên biên nhận của bạn.
privacy-why = Tên, số điện thoại và email chỉ dùng để báo tin và hỏi thêm về phản ánh của bạn. Không bắt buộc.
privacy-how-long = Thông tin liên hệ được xóa { $n } ngày sau khi phản ánh đóng. Quá trình xử lý công khai vẫn còn.
privacy-traces = Các trang không có quảng cáo hay công cụ theo dõi. Cookie chỉ để đăng nhập, nhớ ngôn ngữ và mở phản ánh của bạn.
privacy-rights = Bạn có thể rút phản ánh, dừng email, và đề nghị { $agency } cho xem, sửa hoặc xóa dữ liệu cá nhân của bạn. Cách liên hệ ở cuối trang.
privacy-law = Căn cứ bảo vệ dữ liệu cá nhân: { $law }.
about-operator-title = Đơn vị chịu trách nhiệm
about-operator = { $agency } vận hành hệ thống này, kiểm tra phản ánh và công bố kết quả. Mỗi đơn vị xử lý chịu trách nhiệm về câu trả lời của mình. Cách liên hệ ở cuối trang.
about-numbers-title = Số liệu
about-numbers = “Đúng hạn” là phần hạn đã kịp trong tất cả hạn rơi vào kỳ; việc chưa xong tính là trễ. Dưới 10 trường hợp thì không tính tỷ lệ. Số nào cũng dẫn đến danh sách phía sau.
about-access-title = Cho mọi người
about-access = Trang nào cũng dùng được bằng bàn phím, trên điện thoại và khi không có JavaScript. Điều gì có trên bản đồ cũng có trong danh sách.
about-access-state = Chúng tôi làm theo WCAG 2.2 mức AA và kiểm tra tự động mọi trang. Chưa có người dùng trình đọc màn hình nào thử toàn bộ. Nếu gặp khó khăn, vui lòng liên hệ theo cách ở cuối trang; bạn cũng có thể gửi phản ánh qua điện thoại.
about-machines-title = Cho phần mềm
about-machines = Mỗi danh sách có nguồn RSS; dữ liệu công khai đều mở cho phần mềm:

life-title = Một phản ánh đi qua những bước nào
life-lead = Từ lúc bạn báo đến khi có kết quả: năm bước, ai làm, và bạn làm được gì khi có chỗ chưa ổn.
way-send = Bạn gửi
way-text-send = Mô tả ngắn gọn, chỉ vị trí, thêm ảnh nếu có. Không cần tài khoản. Bạn nhận ngay một mã và một đường dẫn riêng để theo dõi.
way-check = Trung tâm kiểm tra
way-text-check = Trung tâm đọc phản ánh và giao cho đơn vị phụ trách. Nếu thiếu điều gì, Trung tâm hỏi bạn. Nếu không tiếp nhận, Trung tâm nêu rõ lý do.
way-work = Đơn vị xử lý
way-text-work = Trang phản ánh luôn ghi: đơn vị nào xử lý, phải làm gì, hạn đến khi nào. Xong việc, đơn vị trả lời kèm ảnh hoặc văn bản.
way-prove = Trung tâm xem lại câu trả lời
way-text-prove = Người khác xem câu trả lời có đúng việc không. Chưa đúng thì đơn vị làm lại; đúng thì công bố và báo cho bạn.
way-judge = Bạn đánh giá
way-text-judge = Hài lòng, chấp nhận được hay không hài lòng. Nếu chưa xong, bạn nói vì sao và việc được mở lại.
way-else = Khi có chỗ chưa ổn
way-late = Trễ hạn
way-text-late = Trang ghi rõ trễ hạn bao lâu. Đơn vị phải báo tiến độ và hẹn ngày mới. Lãnh đạo được báo.
way-refused = Không được tiếp nhận
way-text-refused = Lý do được công khai. Bạn được đề nghị xem lại một lần; người khác quyết định.
way-again = Đã mở lại mà vẫn chưa xong
way-text-again = Lần thứ hai, việc được chuyển lên cấp trên.
way-safe = Ai xem được thông tin của bạn
way-text-safe = Đơn vị xử lý không bao giờ thấy tên, số điện thoại, email của bạn. Ai mở xem đều để lại dấu vết, và bạn thấy được.
life-states = Từng trạng thái, chính xác
life-states-text = Lúc nào một phản ánh cũng ở một trong các trạng thái này.
life-ways = Ai làm được gì tiếp theo
life-back = về nơi đã đặt câu hỏi
life-received = Phản ánh đã đến. Trung tâm kiểm tra và giao cho đơn vị phụ trách.
life-waiting_reporter = Còn thiếu điều chỉ người gửi biết. Thời gian chờ không tính vào thời hạn.
life-assigned = Đơn vị đã nhận, chưa bắt đầu.
life-in_progress = Đơn vị đang xử lý.
life-in_review = Đơn vị đã trả lời. Một người khác ở trung tâm kiểm tra câu trả lời.
life-closed = Kết quả đã công bố. Người gửi đánh giá và có thể mở lại.
life-outcomes = Kết quả
life-outcomes-text = Phản ánh đang ở đâu và kết quả ra sao là hai việc khác nhau. Phản ánh đã đóng có một trong các kết quả:
outcome-means-fixed = Đã làm xong, có ảnh hoặc văn bản làm bằng chứng.
outcome-means-planned = Đã hẹn một ngày, và tự mở lại vào ngày đó.
outcome-means-forwarded = Một cơ quan ngoài thành phố chịu trách nhiệm.
outcome-means-not_found = Đã đến nơi nhưng không thấy việc được báo.
outcome-means-no_authority = Thành phố không có thẩm quyền.
outcome-means-no_budget = Việc cần làm, nhưng chưa có kinh phí.
outcome-means-refused = Không tiếp nhận, vì một lý do công khai. Có thể đề nghị xem lại một lần.
outcome-means-duplicate = Việc này đã được phản ánh trước đó.
outcome-means-withdrawn = Người gửi đã rút lại.
life-procedures = Quy trình và thời hạn

procedure-promise = Có kết quả trong
procedure-first = Có người trả lời trong
procedure-owner = Chủ trì
procedure-basis = Căn cứ
procedure-step = Bước
procedure-who = Ai
procedure-does = Làm gì
procedure-product = Kết quả
procedure-within = Thời hạn
procedure-pauses = Có thể dừng vì
procedure-services = Dùng cho
span-working-minutes = { $n } phút làm việc
span-working-hours = { $n } giờ làm việc
front-numbers = Những con số
about-atom = Atom
about-open311 = Open311

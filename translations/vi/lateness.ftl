### Việc phải làm khi đã hết thời hạn: lời giải thích, ngày hẹn; và lời hẹn đó ra sao.

## Trễ hạn, đã giải thích hay chưa

late-no-word = trễ hạn { $span }, chưa có giải thích
late-committed = trễ hạn { $span }, hẹn xong chậm nhất ngày { $date }
desk-part-no-word = Trễ hạn, chưa giải thích: hãy báo tiến độ và hẹn ngày xong
desk-why-no-word = Trễ hạn: đơn vị phải báo tiến độ và hẹn ngày xong

verb-promise_kept = Ghi nhận đúng hẹn
verb-promise_broken = Ghi nhận sai hẹn
step-promise_kept = Đúng hẹn
step-promise_broken = Sai hẹn

mail-promise_broken-subject = Phản ánh { $code }: đã sai hẹn
mail-promise_broken-text = { $agency } đã hẹn ngày xong cho phản ánh của bạn. Ngày đó đã qua mà việc chưa xong. Đơn vị phải báo lại tiến độ và ngày xong.
mail-promise_broken_work-subject = Phản ánh { $code }: đã sai hẹn
mail-promise_broken_work-text = Ngày mà { $agency } đã hẹn đã qua mà chưa có kết quả. Trang của phản ánh đã công khai điều này. Hãy báo tiến độ và hẹn ngày xong.
letters-name-promise_broken = Đã sai hẹn
letters-name-promise_broken_work = Gửi người đứng đầu: đã sai hẹn
mail-what-promise_broken = đã sai hẹn

## Lời hẹn trên phiếu kiểm soát

slip-promises = Những ngày đã hẹn
slip-promise-kind-planned = Kết quả hẹn ngày
slip-promise-kind-committed = Hẹn khi đã trễ hạn
slip-promise-date = Ngày hẹn
slip-promise-made = Hẹn lúc
promise-state-standing = chưa tới ngày
promise-state-due = đã tới ngày
promise-state-kept = đúng hẹn
promise-state-broken = sai hẹn
promise-state-void = không còn hiệu lực

## Lịch làm việc, và thời hạn thay đổi theo lịch

desk-tab-calendar = Lịch
calendar-title = Lịch làm việc
calendar-lead = Ngày nghỉ và ngày làm bù. Ngày bạn thêm có hiệu lực ngay: thời hạn của các phản ánh đang mở thay đổi theo, và mỗi phản ánh giữ lại hạn cũ cùng căn cứ bạn nêu.
calendar-add = Thêm một ngày
calendar-add-send = Thêm ngày này
calendar-date = Ngày
calendar-kind = Loại ngày
calendar-kind-off = Ngày nghỉ
calendar-kind-work = Ngày làm bù
calendar-kind-none = Trở lại ngày thường
calendar-hours = Giờ làm của ngày làm bù
calendar-hours-hint = Làm theo giờ của ngày này trong tuần.
calendar-hours-ordinary = Ngày làm việc đầu tuần
calendar-hours-monday = Thứ Hai
calendar-hours-tuesday = Thứ Ba
calendar-hours-wednesday = Thứ Tư
calendar-hours-thursday = Thứ Năm
calendar-hours-friday = Thứ Sáu
calendar-hours-saturday = Thứ Bảy
calendar-hours-sunday = Chủ nhật
calendar-basis = Căn cứ
calendar-basis-hint = Số và tên quyết định để mọi người tra cứu. Thông tin này công khai.
calendar-year = Những ngày đặc biệt của năm { $year }
calendar-none = Không có.
calendar-entered = Nhập lúc
calendar-of-pack = có sẵn trong lịch
calendar-remove = Bỏ ngày này
calendar-remove-basis = Lý do (công khai)
calendar-done-add = Đã thêm. Thời hạn của các phản ánh đang mở sẽ thay đổi trong vài giây.
calendar-done-remove = Đã bỏ. Thời hạn của các phản ánh đang mở sẽ thay đổi trong vài giây.

verb-move_due = Dời thời hạn theo lịch
step-move_due = Thời hạn thay đổi theo lịch làm việc
step-moved = { $what }: từ { $from } thành { $to }
step-because = Căn cứ: { $basis }
step-because-pack = Do lịch làm việc của thành phố thay đổi
slip-moved = đã dời, hạn cũ { $when }
refusal-day-off = Ngày này vốn là ngày nghỉ.
refusal-day-works = Ngày này vốn là ngày làm việc.

## Lời hẹn: sổ lời hẹn, và người gửi được hỏi lại

promises-title = Sổ theo dõi cam kết
promises-lead = Tất cả ngày mà đơn vị đã hẹn công khai: việc hẹn làm vào một ngày, và ngày hẹn xong khi đã trễ hạn. Đến ngày, phản ánh tự mở lại và người gửi được hỏi.
promises-all = Tất cả
promises-state-open = Chưa tới ngày
promises-state-kept = Đúng hẹn
promises-state-broken = Sai hẹn
promises-kind = Loại hẹn
promises-report = Phản ánh
promises-result = Kết quả
promises-none = Không có cam kết nào
promises-none-text = Không có cam kết nào phù hợp với bộ lọc.
promises-by-agency = Theo đơn vị
promises-means = Đúng hẹn: báo kết quả chậm nhất ngày hẹn (hoặc ngày làm việc kế tiếp) và được công bố; việc đã hẹn cần bằng chứng đã khắc phục. Chỉ tính phản ánh công khai; không tính tỷ lệ khi dưới 10.
promises-share = Tỷ lệ đúng hẹn
my-promised = Đã hẹn cho ngày { $date }
my-promised-text = Đã đến ngày hẹn, phản ánh được mở lại. Việc đã xong chưa?
my-promised-words = Còn thiếu gì
my-done-confirm_done = Cảm ơn bạn. Phản ánh đã đóng với kết quả đã khắc phục; mời bạn đánh giá.
my-done-deny_done = Cảm ơn bạn. Mọi người đều thấy việc chưa xong.
verb-confirm_done = Đã xong
verb-deny_done = Chưa xong
step-confirm_done = Người gửi cho biết: đã xong
step-deny_done = Người gửi cho biết: chưa xong
my-step-confirm_done = Bạn cho biết: đã xong
my-step-deny_done = Bạn cho biết: chưa xong

## Yêu cầu giải trình

desk-tab-explanations = Giải trình
explain-title = Yêu cầu giải trình
explain-lead = Lãnh đạo thành phố hỏi đơn vị về một phản ánh hoặc một con số. Đơn vị trả lời tại đây trong thời hạn riêng; câu hỏi và câu trả lời đều công khai.
explain-ask = Yêu cầu đơn vị giải trình
explain-ask-hint = Nếu về một phản ánh, hãy yêu cầu ngay trên phản ánh đó ở bàn làm việc.
explain-subject = Về
explain-question = Nội dung yêu cầu giải trình (công khai)
explain-question-hint = Người đứng đầu đơn vị trả lời công khai, trong thời hạn bạn chọn.
explain-days = Thời hạn trả lời
explain-send = Gửi yêu cầu giải trình
explain-open = Chưa trả lời
explain-open-none = Không đơn vị nào còn nợ giải trình.
explain-all = Tất cả
explain-none = Chưa có câu hỏi nào
explain-none-text = Không có yêu cầu giải trình nào phù hợp với bộ lọc.
explain-asked = Hỏi lúc
explain-due = hạn
explain-answered = Trả lời lúc
explain-answered-list = Đã trả lời
explain-late = trễ hạn { $span }
explain-owed = Chưa trả lời.
explain-owed-late = Trễ hạn { $span }, chưa có câu trả lời.
explain-report = Phản ánh { $code }
explain-answer = Trả lời của đơn vị (công khai)
explain-answer-send = Trả lời công khai
explain-done-asked = Đã gửi yêu cầu giải trình. Người đứng đầu đơn vị sẽ nhận được email.
explain-done-answered = Đã trả lời. Mọi người đều đọc được.
verb-ask_explanation = Yêu cầu đơn vị giải trình
verb-explain = Giải trình
step-ask_explanation = Lãnh đạo yêu cầu giải trình
step-explain = Đơn vị giải trình
step-explain-by = Hạn trả lời: { $when }
desk-flag-explanation = { $agency } phải giải trình, hạn { $due }

## Lặp lại

again-title = Tái diễn tại cùng vị trí: { $n } phản ánh
again-text = Sự việc cùng loại đã được phản ánh tại đây và đã đóng. Đây là toàn bộ các lần.
verb-recur = Nối với phản ánh trước
step-recur = Tái diễn tại cùng vị trí
step-recur-of = Lần trước: { $code }
desk-flag-again = Lần thứ { $nth } tại vị trí này
slip-appeal = Đề nghị cấp trên xem lại

## Thẻ

desk-tab-cards = Thẻ vàng, thẻ đỏ
card-title = Thẻ vàng, thẻ đỏ
card-lead = Theo quy tắc của thành phố, đơn vị nhận thẻ khi có quá nhiều việc không đạt trong một tháng. Mỗi thẻ kèm các phản ánh liên quan; đơn vị được đề nghị xem lại và lãnh đạo quyết định, công khai.
card-no-rules = Thành phố này không áp dụng thẻ.
card-rule-over_percent = { $n } phản ánh dùng quá { $percent }% thời hạn trong một tháng
card-rule-promises_broken = { $n } lần sai hẹn trong một tháng
card-rule-explanations_late = { $n } lần giải trình trễ hạn trong một tháng
card-yellow = Thẻ vàng
card-red = Thẻ đỏ
card-none = Chưa có thẻ nào
card-none-text = Chưa đơn vị nào nhận thẻ.
card-period = của { $month }
card-given = ghi lúc
card-reports = { $n } phản ánh liên quan
card-contest = Đề nghị xem lại thẻ này
card-contested = Đơn vị đề nghị xem lại:
card-waits = Lãnh đạo chưa quyết định.
card-rule = Quyết định
card-ruling-stands = Giữ nguyên thẻ
card-ruling-withdrawn = Rút thẻ
card-done-contested = Đã đề nghị xem lại. Lãnh đạo sẽ quyết định.
card-done-ruled = Đã quyết định. Mọi người đều đọc được.

duties-all = Xem tất cả
duties-title = Cam kết, giải trình, thẻ

## Thư

mail-explanation_asked-subject = Yêu cầu giải trình: { $subject }
mail-explanation_asked-text = Lãnh đạo thành phố yêu cầu { $agency } giải trình. Hãy trả lời tại bàn làm việc trong thời hạn dưới đây; câu hỏi và câu trả lời đều công khai.
mail-explanation_given-subject = { $agency } giải trình: { $subject }
mail-explanation_given-text = { $agency } đã trả lời câu hỏi:
mail-explanation_late-subject = Giải trình trễ hạn: { $subject }
mail-explanation_late-text = { $agency } được yêu cầu giải trình và đã trễ hạn. Trang công khai đã ghi điều này. Câu hỏi là:
mail-card_given-subject = { $agency } nhận thẻ: { $subject }
mail-card_given-text = Theo quy tắc của thành phố, { $agency } nhận thẻ. Thẻ được công khai kèm các phản ánh liên quan. Đơn vị được đề nghị xem lại một lần.
mail-card_contested-subject = { $agency } đề nghị xem lại thẻ: { $subject }
mail-card_contested-text = { $agency } đề nghị xem lại một thẻ. Lãnh đạo quyết định công khai. Đơn vị nêu:
mail-card_ruled-subject = Đã quyết định về thẻ: { $subject }
mail-card_ruled-text = Lãnh đạo đã quyết định về thẻ mà { $agency } đề nghị xem lại:
mail-again-subject = Phản ánh { $code }: lần thứ { $nth } tại cùng vị trí
mail-again-text = Cùng loại phản ánh, cùng vị trí, lần thứ { $nth }. Trước đây đã đóng nhưng nay tái diễn: trang phản ánh có toàn bộ quá trình xử lý. Hãy tìm cách xử lý dứt điểm.
letters-name-explanation_asked = Gửi người đứng đầu: yêu cầu giải trình
letters-name-explanation_given = Gửi lãnh đạo: đã giải trình
letters-name-explanation_late = Giải trình trễ hạn
letters-name-card_given = Gửi người đứng đầu: thẻ
letters-name-card_contested = Gửi lãnh đạo: đề nghị xem lại thẻ
letters-name-card_ruled = Gửi người đứng đầu: quyết định về thẻ
letters-name-again = Gửi người đứng đầu: tái diễn tại cùng vị trí

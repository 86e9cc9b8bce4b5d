### A report, told alike wherever it appears.

report-hidden-title = 숨김: { $reason }
report-private-title = 비공개 신고 · { $field }
report-confidential-title = 비밀 신고 · { $field }
photo-alt = 신고 사진

clock-reporter = 신고자
clock-owes-check = 확인하고 담당 정하기
clock-owes-reply = 질문에 답하기
clock-owes-review = 결과 확인하기
clock-owes-answer = 사진과 함께 답변하기
clock-by = { $when }까지
clock-result-by = 결과 기한 { $when }
clock-planned = { $date } 처리 약속
clock-took = { $span } 만에 해결
clock-closed-after = { $span } 만에 종료
clock-took-late = { $took }, { $span } 지남
clock-took-in-time = { $took }, 기한 내

filter-unknown = 그런 항목은 없어서 조건에서 뺐어요.
filter-date = 날짜 형식이 아니에요. 2026-11-27처럼 써 주세요.
filter-period = 종료일이 시작일보다 빨라서 기간을 뺐어요.

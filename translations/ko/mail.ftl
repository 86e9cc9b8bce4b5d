### Letters. $code is the report's code, $agency who has it, $outcome what came of it, $other the code it was merged
### into, $city the city, $what the news.

mail-receipt-subject = { $code } 신고: 접수되었어요
mail-receipt-text = 알려 주셔서 고마워요. 신고가 잘 도착했고 지금 확인하고 있어요. 이 메일을 보관해 주세요. 메일에 있는 링크는 신고하신 분만의 것이에요. 링크를 열면 진행을 확인하고, 질문에 답하고, 사진을 더하고, 결과를 평가하거나 신고를 취소할 수 있어요.
mail-accepted-subject = { $code } 신고: 접수했어요
mail-accepted-text = 신고를 확인하고 접수했어요. 이제 { $agency }에서 맡아요.
mail-moved-subject = { $code } 신고: 담당이 바뀌었어요
mail-moved-text = 신고를 다른 기관으로 넘겼어요. 이제 { $agency }에서 맡아요.
mail-question-subject = { $code } 신고: 여쭤볼 것이 있어요
mail-question-text = 신고하신 분만 아는 내용이 필요해요. 아래 링크에서 답해 주세요. 답을 받을 때까지 처리를 멈춰요.
mail-question_expired-subject = { $code } 신고: 답변 없이 계속 진행해요
mail-question_expired-text = 여쭤본 것에 제때 답을 받지 못했어요. 지금 아는 내용으로 계속 진행할게요. 사진은 지금도 추가할 수 있어요.
mail-paused-subject = { $code } 신고: 처리를 잠시 멈춰요
mail-paused-text = { $agency }에서 다음 이유로 처리를 잠시 멈춰야 해요:
mail-progress-subject = { $code } 신고: 진행 상황을 알려 드려요
mail-progress-text = { $agency }에서 진행 상황을 알려 왔어요:
mail-extended-subject = { $code } 신고: 기한이 늘어났어요
mail-extended-text = { $agency }에서 기한 연장을 한 번 요청했고 기관장이 승인했어요. 새 기한은 아래에 있어요.
mail-late-subject = { $code } 신고: 기한이 지났어요
mail-late-text = 약속드린 기한이 지났지만 아직 마무리하지 못했어요. 맡고 있는 곳은 { $agency }이고, 어디까지 진행했고 언제 끝낼지 알려 드려야 해요.
mail-extension-subject = { $code } 신고: 기한 연장 요청이 있어요
mail-extension-text = { $agency }의 담당자가 기한 연장을 요청했어요. 승인하거나 지금 기한을 유지해 주세요. 결정은 공개돼요. 이유:
mail-warn-subject = { $code } 신고: 기한이 다가와요
mail-warn-text = 주어진 시간의 { $percent }%가 지났어요. 단계: { $step }
mail-overdue-subject = { $code } 신고: 기한이 끝났어요
mail-overdue-text = 주어진 시간의 { $percent }%가 지났어요. 단계: { $step }. 신고 화면에 이 사실이 공개돼요.
mail-refused-subject = { $code } 신고: 접수하지 못했어요
mail-refused-text = 신고를 접수하지 못했어요. 이유는 아래에 있어요. 동의하지 않으시면 한 번 다시 살펴봐 달라고 요청할 수 있고, 그때는 다른 사람이 결정해요.
mail-merged-subject = { $code } 신고: 먼저 신고된 일이에요
mail-merged-text = 같은 일을 이미 { $other } 번호로 처리하고 있어요. 보내 주신 신고를 그쪽에 합쳤고, 함께 겪는 사람 수에도 더했어요.
mail-result-subject = { $code } 신고: { $outcome }
mail-result-text = 신고 결과가 나왔어요: { $outcome }. 만족하시는지 아래 링크에서 알려 주세요. 만족스럽지 않으면 다시 처리해 달라고 할 수 있어요.
mail-remind-subject = { $code } 신고: 해결되었나요?
mail-remind-text = 며칠 전 신고 결과를 알려 드렸어요: { $outcome }. 정말 해결되었는지 아직 듣지 못했어요. 확인해 보시고 아래 링크에서 알려 주세요. 다시 여쭙지 않을게요.
mail-promise_due-subject = { $code } 신고: 약속한 날이 되었어요
mail-promise_due-text = 오늘이 약속드린 날이에요. 일이 끝날 때까지 신고를 다시 열어 둘게요. 지금은 { $agency }에서 맡고 있어요. 다 되었나요? 아래 링크에서 알려 주세요.
mail-hidden-subject = { $code } 신고: 이제 공개되지 않아요
mail-hidden-text = 관리자가 신고를 공개 화면에서 내렸어요. 처리는 계속돼요. 이유:
mail-redacted-subject = { $code } 신고: 일부를 가렸어요
mail-redacted-text = 누군가를 보호하려고 관리자가 신고의 글이나 사진 일부를 공개 화면에서 뺐어요. 이유:
mail-official_comment-subject = { $code } 신고: 댓글에 공식 답변이 달렸어요
mail-official_comment-text = 보내 주신 신고의 댓글에 시에서 답변했어요:
mail-lock_given-subject = 잠시 댓글을 쓸 수 없어요
mail-lock_given-text = 숨겨진 댓글 때문에 { $agency }에서 댓글 쓰기를 잠시 멈추게 했어요. 이유: { $subject }. 다른 것은 모두 그대로 할 수 있고, 기간이 끝나면 저절로 풀려요. 동의하지 않으면 아래 링크에서 한 번 말씀해 주세요. 다른 사람이 결정해요.
mail-lock_ruled-subject = 댓글 쓰기 중지에 대한 결정
mail-lock_ruled-text = 멈추게 한 사람이 아닌 다른 사람이 결정했어요. { $outcome } 이유:
mail-lock_appealed-subject = 댓글 쓰기 중지에 대한 이의가 있어요
mail-lock_appealed-text = 댓글 쓰기가 멈춘 사람이 동의하지 않아요({ $subject }). 멈추게 한 사람이 아닌 다른 사람이 결정해야 해요.
mail-news-subject = { $code } 신고: { $what }
mail-news-text = 소식을 받고 있는 신고에 새 소식이 있어요: { $what }.
mail-found-subject = { $service }, { $area }: { $what }
mail-found-text = 소식 받는 목록에 새 소식이 있어요: { $list }
mail-work-subject = 새 일: { $code } 신고
mail-work-text = 신고가 { $agency }에 배정됐어요. 처리를 시작해 주세요. 맡을 일이 아니라면 이유를 적어 돌려보내 주세요.
mail-replied-subject = { $code } 신고: 신고자가 답변했어요
mail-replied-text = 신고자가 질문에 답했어요. 이제 계속 진행할 수 있어요.
mail-contested-subject = { $code } 신고: 재검토 요청이 왔어요
mail-contested-text = 신고자가 접수되지 않은 것에 동의하지 않아요. 처음 결정한 사람이 아닌 다른 사람이 결정해 주세요.
mail-sent_back-subject = { $code } 신고: 답변이 돌아왔어요
mail-sent_back-text = 센터에서 답변을 공개하지 않았어요. 이유는 아래에 있어요. 다시 답변해 주세요.
mail-reopened-subject = { $code } 신고: 다시 열렸어요
mail-reopened-text = 신고자가 결과에 만족하지 않아요. { $agency }에서 다시 맡아요.
mail-appealed-subject = { $code } 신고: 이의 제기가 있어요
mail-appealed-text = 신고자가 두 번째로 결과에 만족하지 않았어요. 이제 { $agency }에서 맡아요.
mail-promise_due_work-subject = { $code } 신고: 오늘까지 약속한 일이에요
mail-promise_due_work-text = 신고자에게 약속한 날이 오늘이에요. 신고가 다시 열렸어요.
mail-withdrawn-subject = { $code } 신고: 취소됐어요
mail-withdrawn-text = 신고자가 신고를 취소했어요. 더 할 일은 없어요.
mail-sign_in-subject = 로그인 링크예요
mail-sign_in-text = 누군가 이 주소로 { $city } 서비스에 로그인하려고 해요. 아마 본인이실 거예요. 링크는 짧은 시간 동안 한 번만 쓸 수 있어요. 본인이 아니라면 아무것도 하지 않으셔도 돼요.
mail-confirm_address-subject = 이메일 주소를 확인해 주세요
mail-confirm_address-text = 누군가 { $city } 직원 계정에 이 주소를 적었어요. 아마 본인이실 거예요. 맞다면 링크를 열어 확인해 주세요. 본인이 아니라면 아무것도 하지 않으셔도 돼요.
mail-follow_confirm-subject = { $code } 신고의 소식을 받으시겠어요?
mail-follow_confirm-text = 누군가 이 주소로 이 신고의 소식을 받으려고 해요. 아마 본인이실 거예요. 맞다면 링크를 열어 확인해 주세요. 본인이 아니라면 아무것도 하지 않으셔도 돼요. 메일이 더 가지 않아요.
mail-follow_list_confirm-subject = 소식 받기 확인: { $list }
mail-follow_list_confirm-text = 누군가, 아마도 본인이 이 주소로 이 목록의 소식을 받겠다고 했어요. 맞다면 링크로 확인해 주세요. 아니라면 그대로 두세요. 메일이 더 가지 않아요.

## What followers hear of

mail-what-submit = 새 신고
mail-what-pause = 처리를 잠시 멈췄어요
mail-what-progress = 진행 상황을 알려 왔어요
mail-what-grant_extension = 기한이 늘어났어요
mail-what-escalate = 기한이 지났어요
mail-what-refuse = 접수되지 않았어요
mail-what-merge = 앞선 신고와 합쳤어요
mail-what-undo = 결정을 되돌렸어요
mail-what-publish = 결과가 나왔어요
mail-what-reopen = 다시 열렸어요
mail-what-appeal = 상급 기관에 이의를 제기했어요
mail-what-promise_due = 약속한 날이 되었어요
mail-what-withdraw = 신고자가 취소했어요
mail-what-official_comment = 댓글에 공식 답변이 달렸어요

## Facts

mail-fact-code = 신고 번호
mail-fact-service = 내용
mail-fact-area = 위치
mail-fact-agency = 담당
mail-fact-next = 다음 할 일
mail-fact-took = 걸린 시간
mail-fact-call = 지금 전화하기
mail-fact-due = 결과 기한
mail-fact-reply = 답변 기한
mail-fact-planned = 약속한 날
mail-fact-until = 언제까지

## Links, and why this letter came

mail-link-reporter = 내 신고 열기
mail-link-follower = 신고 열기
mail-link-staff = 업무 화면에서 열기
mail-link-author = 이유와 할 수 있는 일 보기
mail-link-sign_in = 로그인하기
mail-link-confirm_address = 주소 확인하기
mail-link-follow_confirm = 네, 소식을 받을게요
mail-link-follow_list_confirm = 네, 소식을 받을게요
mail-why-reporter = 이 신고를 보내신 분께 드리는 메일이에요.
mail-why-follower = 이 신고의 소식을 받기로 하신 분께 드리는 메일이에요.
mail-why-list = 다음 소식을 받기로 하셔서 이 메일을 보내 드려요: { $list }
mail-why-staff = 시의 업무를 맡고 있어 보내 드리는 메일이에요.
mail-why-asker = 누군가 이 주소를 입력해서 보내 드리는 메일이에요.
mail-why-author = 본인의 권리에 관한 일이라 보내 드리는 메일이에요.
mail-stop = 이 메일 그만 받기
mail-mine = 소식 받는 목록 보기와 그만 받기

## Bulletins: what is new in all that somebody follows. $n reports, $new of them new, $settled settled.

mail-bulletin-day-subject = 어제 아침부터: 새 신고 { $new }건, 처리 { $settled }건
mail-bulletin-week-subject = 지난주: 새 신고 { $new }건, 처리 { $settled }건
mail-bulletin-new = 새 신고 { $n }건
mail-bulletin-settled = 처리 { $n }건
mail-bulletin-again = 다시 열림 { $n }건
mail-bulletin-more = 그 밖에 { $n }건
mail-bulletin-why-day = 소식 받는 내용에 새 소식이 있는 아침에 보내 드려요.
mail-bulletin-why-week = 소식 받는 내용에 새 소식이 있으면 월요일 아침에 보내 드려요.

## Stopping letters

letters-stop-title = 메일 그만 받기
letters-stop-text = 어떤 메일을 그만 받을까요? 접수증과 직접 요청한 링크는 계속 보내 드려요.
letters-stop-one = { $code } 신고 메일 그만 받기
letters-stop-list = 이 소식 그만 받기: { $list }
letters-stop-every-day = 아침 소식 그만 받기
letters-stop-every-week = 월요일 소식 그만 받기
letters-stop-periodic = 정기 보고 그만 받기
letters-stop-every-at_once = 이 메일 그만 받기
letters-stop-all = 모든 메일 그만 받기
letters-stop-done = 처리했어요. 이제 이 메일은 가지 않아요.
letters-stop-back = 마음이 바뀌면 신고의 소식 받기를 눌러 주세요. 그러면 메일이 다시 가요.

## Following a report

letters-follow-email = 메일 주소
letters-follow-hint = 처리하는 기관을 포함해 아무도 볼 수 없어요.
letters-follow-wrong = 메일 주소 형식이 아니에요. name@example.org처럼 써 주세요.
letters-follow-sent = 메일함을 확인해 주세요
letters-follow-sent-text = 이 주소로 메일을 보냈어요. 메일 속 링크를 열고 버튼을 누르면 소식 받기가 시작돼요. 메일이 오지 않으면 스팸함도 확인해 주세요.
letters-follow-yes = 네, 소식을 받을게요

## The desk

letters-state-waiting = 대기
letters-state-sent = 보냄
letters-state-failed = 실패
letters-state-dropped = 보내지 않음
letters-reader-reporter = 신고자
letters-reader-follower = 소식 받는 사람
letters-reader-staff = 직원
letters-reader-asker = 요청한 사람
letters-reader-author = 댓글 쓴 사람
letters-detail-sent = 보냈어요
letters-detail-stopped = 받는 사람이 이 메일을 그만 받기로 했어요
letters-detail-paused = 웹훅이 일시 중지되어 있었음
letters-detail-no_address = 주소가 더는 없어요
letters-detail-not_public = 신고가 더는 공개되지 않아요
letters-detail-comment_hidden = 관리자가 답변을 숨겼어요
letters-detail-interrupted = 보내는 중에 서비스가 멈췄어요
letters-detail-unwritable = 메일을 만들지 못했어요. 이유는 로그에 있어요
letters-detail-timeout = 메일 서버의 응답이 너무 늦었어요
letters-detail-gone = 받는 곳이 더는 없어요
letters-detail-nothing_left = 알릴 공개 내용이 남지 않았어요

## Names of letters, as the desk lists them

letters-name-receipt = 접수증
letters-name-accepted = 접수
letters-name-moved = 담당 변경
letters-name-question = 질문
letters-name-question_expired = 질문에 답이 없음
letters-name-paused = 처리 잠시 멈춤
letters-name-progress = 진행 상황
letters-name-extended = 기한 연장
letters-name-late = 기한 지남
letters-name-extension = 기한 연장 요청
letters-name-warn = 기한이 다가옴
letters-name-overdue = 기한이 끝남
letters-name-refused = 접수 안 됨
letters-name-merged = 앞선 신고와 합침
letters-name-result = 결과
letters-name-remind = 해결되었나요?
letters-name-promise_due = 약속한 날이 됨
letters-name-hidden = 공개 중단
letters-name-redacted = 일부 가림
letters-name-official_comment = 공식 답변
letters-name-lock_given = 댓글 쓰기 중지
letters-name-lock_appealed = 댓글 쓰기 중지에 대한 이의
letters-name-lock_ruled = 댓글 쓰기 중지 결정
letters-name-news = 소식 받는 사람에게 알림
letters-name-work = 새 일
letters-name-replied = 신고자가 답변함
letters-name-contested = 재검토 요청
letters-name-sent_back = 답변 돌려보냄
letters-name-reopened = 다시 열림
letters-name-appealed = 이의 제기
letters-name-promise_due_work = 오늘까지 약속한 일
letters-name-withdrawn = 신고 취소
letters-name-sign_in = 로그인 링크
letters-name-confirm_address = 주소 확인
letters-name-follow_confirm = 소식 받기 확인
letters-name-found = 목록 소식
letters-name-bulletin = 모아 보는 소식
letters-name-periodic = 정기 보고
letters-name-webhook_test = 웹훅 시험
letters-name-follow_list_confirm = 목록 소식 받기 확인

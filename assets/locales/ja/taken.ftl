## 実施の記録と、まだ買っていない方
people-taken = { $day }に届けたお客様：{ $title }
people-taken-gone = この実施の記録は取り消されました
channel-other-name = そのほかの方法
taken-channel-unsaid = 届け方の記録なし
error-no-action = 「{ $action }」という候補は今ありません。対象のお客様に届けたばかりなら、日がたつとまた候補になります。何も変更していません。
error-no-taken = 実施の記録 { $taken } は見つかりません。すでに取り消されています。
error-no-contact = 書きとめた方 { $contact } は見つからないか、今はその操作ができません。何も変更していません。
error-bad-contact = お名前は{ $name }文字、メモは{ $note }文字までで書いてください。何も変更していません。
error-nameless-contact = お名前を保存しない設定です。お名前とメモは空のままにしてください。何も変更していません。
error-day-ahead = { $day }はまだ来ていません。今日までの日を選んでください。何も変更していません。
region-letter = { $day }に届いた：{ $title }
cli-taken-kept = 実施の記録 { $taken } を保存しました。「otokui taken undo { $taken }」で元に戻せます。
cli-taken-people = { $people }人
cli-contact-kept = 書きとめた方 { $contact } を保存しました。「otokui contacts undo { $contact }」で元に戻せます。

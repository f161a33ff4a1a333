# The window itself: dialogs of the system, and what only a window can do wrong.
desktop-choose-files = 取り込むファイルを選ぶ
desktop-export-files = 受注データ（CSV）
desktop-all-files = すべてのファイル
desktop-choose-folder = レポートの保存先を選ぶ
desktop-drop-forgotten = このファイルの確認は終わっています。もう一度、ファイルを画面に置いてください。
desktop-unexpected = 思わぬ理由で止まりました。データは変更していません。もう一度お試しください。
desktop-no-place = Otokuiのデータの置き場所に書き込めません。空き容量と、フォルダの書き込み許可を確かめてください。何も変更していません。
desktop-choose-export-folder = 書き出し先のフォルダーを選ぶ
desktop-save-problems = 読めなかった行の保存先を選ぶ
desktop-csv = CSV

# The window itself: dialogs of the system, and what only a window can do wrong.
desktop-choose-files = Choose files to import
desktop-export-files = Order files (CSV)
desktop-all-files = All files
desktop-choose-folder = Choose where to save the report
desktop-drop-forgotten = These files are no longer at hand. Drop them on the window once more.
desktop-unexpected = It stopped for a reason nobody foresaw. Nothing has been changed. Please try again.
desktop-no-place = Otokui cannot write to its data folder. Check the free space and whether the folder may be written to. Nothing has been changed.
desktop-choose-export-folder = Choose the folder for the export
desktop-save-problems = Choose where to save the rows not read
desktop-csv = CSV

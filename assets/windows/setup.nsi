; Otokui's setup for Windows: for the person who runs it, without an administrator, without the network.
;   makensis -INPUTCHARSET UTF8 -DVERSION=0.1.0 -DPROGRAMS=… -DTOP=… -DOUT=… [-DLOADER=…] [-DWEBVIEW2=…] [-DTARGET=…] setup.nsi
; PROGRAMS  the folder of otokui-desktop.exe and otokui.exe
; TOP       the folder of the licences and of src-tauri/icons
; LOADER    WebView2Loader.dll, where the window was linked against it (GNU toolchain)
; WEBVIEW2  Microsoft's offline installer of WebView2, for the setup that brings it along
; TARGET    what the setup itself is: x86-unicode where NSIS is its makers' own, which brings no other; Debian's brings
;           amd64-unicode too, which a Wine without 32 bits can run
; Silent with /S; the uninstaller as well.

!ifndef TARGET
  !define TARGET amd64-unicode
!endif
Target ${TARGET}
Unicode true
SetCompressor /SOLID lzma
RequestExecutionLevel user
ManifestDPIAware true

!include MUI2.nsh
!include WordFunc.nsh
!insertmacro VersionCompare

!define APP "お得意 Otokui"
!define PROGRAM "otokui-desktop.exe"
!define PROGID "Otokui.Export"
!define DATA "$LOCALAPPDATA\jp.otokui.desktop"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Otokui"
!define CLASSES "Software\Classes"
!define EDGE "Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}"

Name "${APP}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Otokui"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
BrandingText "Otokui ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Otokui"
VIAddVersionKey "FileDescription" "Otokui Setup"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "MIT OR Apache-2.0"

!define MUI_ICON "${TOP}/src-tauri/icons/icon.ico"
!define MUI_UNICON "${TOP}/src-tauri/icons/icon.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(KEEPS)"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Japanese"
!insertmacro MUI_LANGUAGE "English"

LangString NEWER ${LANG_JAPANESE} "新しい版のOtokui（$0）が入っています。何も変更していません。"
LangString NEWER ${LANG_ENGLISH} "A newer Otokui ($0) is installed. Nothing has been changed."
LangString RUNNING ${LANG_JAPANESE} "Otokuiが開いています。閉じてから「再試行」を押してください。"
LangString RUNNING ${LANG_ENGLISH} "Otokui is open. Close it, then choose Retry."
LangString NO_WEBVIEW ${LANG_JAPANESE} "画面を表示する部品「Microsoft Edge WebView2 ランタイム」がこのパソコンにありません。「WebView2入り」のインストーラーを使ってください。"
LangString NO_WEBVIEW ${LANG_ENGLISH} "The Microsoft Edge WebView2 Runtime, which shows the screen, is missing. Please use the installer that brings it along."
LangString WEBVIEW_FAILED ${LANG_JAPANESE} "画面を表示する部品「Microsoft Edge WebView2 ランタイム」を入れられませんでした（$2）。Otokuiは入りましたが、まだ画面を開けません。パソコンを再起動して、もう一度このインストーラーを実行してください。"
LangString WEBVIEW_FAILED ${LANG_ENGLISH} "The Microsoft Edge WebView2 Runtime, which shows the screen, could not be installed ($2). Otokui is installed but cannot open its window yet. Restart the computer and run this installer again."
LangString KEEPS ${LANG_JAPANESE} "Otokuiを削除します。お店のデータ（${DATA}）は残ります。データも要らないときは、このフォルダーをあとで削除してください。"
LangString KEEPS ${LANG_ENGLISH} "Otokui is removed. The shop's data (${DATA}) stays. If you do not need it either, delete that folder afterwards."
LangString OPENS ${LANG_JAPANESE} "受注データ"
LangString OPENS ${LANG_ENGLISH} "Order file"

; Waits until the program's file can be written; a silent run gives up with 2.
!macro WAIT_FOR_CLOSE
  again:
  IfFileExists "$INSTDIR\${PROGRAM}" 0 closed
  ClearErrors
  FileOpen $1 "$INSTDIR\${PROGRAM}" a
  IfErrors 0 written
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY again
  SetErrorLevel 2
  Quit
  written:
  FileClose $1
  closed:
!macroend

; In $1 the version of WebView2 for everybody or for this person, empty when there is none.
!macro FIND_WEBVIEW
  SetRegView 64
  ReadRegStr $1 HKLM "SOFTWARE\WOW6432Node\${EDGE}" "pv"
  StrCmp $1 "" 0 +2
  ReadRegStr $1 HKCU "Software\${EDGE}" "pv"
  StrCmp $1 "0.0.0.0" 0 +2
  StrCpy $1 ""
!macroend

!macro OFFER ENDING
  WriteRegStr HKCU "${CLASSES}\${ENDING}\OpenWithProgids" "${PROGID}" ""
  WriteRegStr HKCU "${CLASSES}\Applications\${PROGRAM}\SupportedTypes" "${ENDING}" ""
!macroend

Function .onInit
  ReadRegStr $0 HKCU "${UNINSTALL}" "DisplayVersion"
  StrCmp $0 "" older
  ${VersionCompare} "$0" "${VERSION}" $1
  StrCmp $1 "1" 0 older
  MessageBox MB_OK|MB_ICONSTOP "$(NEWER)" /SD IDOK
  SetErrorLevel 3
  Quit
  older:
FunctionEnd

Section
  !insertmacro WAIT_FOR_CLOSE
  SetOutPath "$INSTDIR"
  File "${PROGRAMS}/${PROGRAM}"
  File "${PROGRAMS}/otokui.exe"
!ifdef LOADER
  File "${LOADER}"
!endif
  File "${TOP}/LICENSE"
  File "${TOP}/LICENSE-MIT"
  File "${TOP}/LICENSE-APACHE"

  !insertmacro FIND_WEBVIEW
  StrCmp $1 "" 0 has_webview
!ifdef WEBVIEW2
  ; A silent setup has no such folder until it asks for it.
  InitPluginsDir
  File "/oname=$PLUGINSDIR\webview2.exe" "${WEBVIEW2}"
  StrCpy $2 "?"
  ExecWait '"$PLUGINSDIR\webview2.exe" /silent /install' $2
  Delete "$PLUGINSDIR\webview2.exe"
  !insertmacro FIND_WEBVIEW
  StrCmp $1 "" 0 has_webview
  MessageBox MB_OK|MB_ICONEXCLAMATION "$(WEBVIEW_FAILED)" /SD IDOK
  ; For whoever installs silently: Otokui is there, its window is not yet to be opened.
  SetErrorLevel 4
!else
  MessageBox MB_OK|MB_ICONEXCLAMATION "$(NO_WEBVIEW)" /SD IDOK
!endif
  has_webview:

  CreateShortCut "$SMPROGRAMS\${APP}.lnk" "$INSTDIR\${PROGRAM}"
  CreateShortCut "$DESKTOP\${APP}.lnk" "$INSTDIR\${PROGRAM}"

  ; "Open with": Otokui is offered, the program that opens these files today stays.
  WriteRegStr HKCU "${CLASSES}\${PROGID}" "" "$(OPENS)"
  WriteRegStr HKCU "${CLASSES}\${PROGID}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
  WriteRegStr HKCU "${CLASSES}\Applications\${PROGRAM}" "FriendlyAppName" "${APP}"
  WriteRegStr HKCU "${CLASSES}\Applications\${PROGRAM}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
  !insertmacro OFFER ".csv"
  !insertmacro OFFER ".xlsx"

  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${APP}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

; The shop's data lies elsewhere and is not touched.
Section "Uninstall"
  !insertmacro WAIT_FOR_CLOSE
  Delete "$SMPROGRAMS\${APP}.lnk"
  Delete "$DESKTOP\${APP}.lnk"
  DeleteRegKey HKCU "${CLASSES}\${PROGID}"
  DeleteRegKey HKCU "${CLASSES}\Applications\${PROGRAM}"
  DeleteRegValue HKCU "${CLASSES}\.csv\OpenWithProgids" "${PROGID}"
  DeleteRegValue HKCU "${CLASSES}\.xlsx\OpenWithProgids" "${PROGID}"
  DeleteRegKey HKCU "${UNINSTALL}"
  Delete "$INSTDIR\${PROGRAM}"
  Delete "$INSTDIR\otokui.exe"
  Delete "$INSTDIR\WebView2Loader.dll"
  Delete "$INSTDIR\LICENSE"
  Delete "$INSTDIR\LICENSE-MIT"
  Delete "$INSTDIR\LICENSE-APACHE"
  Delete "$INSTDIR\uninstall.exe"
  ; Only when it is empty: what somebody put there stays.
  RMDir "$INSTDIR"
  MessageBox MB_OK|MB_ICONINFORMATION "$(KEEPS)" /SD IDOK
SectionEnd

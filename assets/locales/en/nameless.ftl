# Keeping no names
nameless-on = This ledger keeps no names. Names, addresses, phones and mails are turned into keys that cannot be read back, and dropped, while a file is imported. Who is the same person is decided then and cannot be looked at again later. Nobody can be found by name: open the mall's screen by order number.
nameless-new-secrets = {" "}A lost recovery code was given up for a new one { COUNT($times, one: "time", other: "times") }. Orders before and after are not linked, even of the same person.
nameless-off = This ledger keeps names.
nameless-half = “{ $file }” is one half of a pair. A ledger that keeps no names cannot hold a half back: import both halves together.
error-names-are-kept = This ledger keeps names. Keeping none can only be chosen for a new ledger without orders. Start a new one, or leave it as it is.
error-recovery-code-wanted = The recovery code is wanted. Give the code that was shown at the beginning (on the command line --recovery-code or OTOKUI_RECOVERY_CODE). If it is lost, go on with a new one (--new-key): orders before and after are not linked, figures stay true.
error-wrong-recovery-code = This recovery code is not this ledger's. Check the letters you wrote down. Nothing was changed.
cli-recovery-code = From now on this ledger keeps no names. Recovery code: { $code } (this computer remembers it; write it down for the day you change it)
cli-recovery-code-new = New recovery code: { $code } (write it down; the code before it is of no use any more)
cli-recovery-code-once = From now on this ledger keeps no names. Recovery code: { $code } (shown this once: write it down; later imports take it as --recovery-code or OTOKUI_RECOVERY_CODE)

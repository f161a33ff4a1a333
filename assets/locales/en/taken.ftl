## Actions carried out, and people who have not bought
people-taken = Reached on { $day }: { $title }
people-taken-gone = This record was taken back
channel-other-name = Another way
taken-channel-unsaid = Channel not recorded
error-no-action = There is no card “{ $action }” now. If its customers have just been reached, they come back after some days. Nothing was changed.
error-no-taken = Record { $taken } was not found. It has been taken back already.
error-no-contact = Contact { $contact } was not found, or this cannot be done with it now. Nothing was changed.
error-bad-contact = A name has { $name } characters at most, a note { $note }. Nothing was changed.
error-nameless-contact = This ledger keeps no names. Leave name and note empty. Nothing was changed.
error-day-ahead = { $day } is still to come. Choose a day up to today. Nothing was changed.
region-letter = Reached on { $day }: { $title }
cli-taken-kept = Record { $taken } is kept. “otokui taken undo { $taken }” takes it back.
cli-taken-people = { COUNT($people, one: "person", other: "people") }
cli-contact-kept = Contact { $contact } is kept. “otokui contacts undo { $contact }” takes it back.

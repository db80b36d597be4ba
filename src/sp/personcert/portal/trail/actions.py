"""The words for what the audit's codes say was done."""

from collections.abc import Mapping

from zope.i18nmessageid import Message

from sp.personcert import _

ACTIONS: Mapping[str, Message] = {
    "account.opened": _("deed_account_opened", default="Öppnade ett konto"),
    "account.changed": _("deed_account_changed", default="Ändrade ett konto"),
    "account.address_changed": _("deed_account_address_changed", default="Bytte e-postadress för ett konto"),
    "account.disabled": _("deed_account_disabled", default="Stängde av ett konto"),
    "account.enabled": _("deed_account_enabled", default="Öppnade ett avstängt konto igen"),
    "account.deleted": _("deed_account_deleted", default="Tog bort ett konto"),
    "account.close_records": _("deed_account_close_records", default="Spärrade ärenden för ett konto"),
    "account.link_asked": _("deed_account_link_asked", default="Skickade en länk för att välja lösenord"),
    "account.reset_asked": _("deed_account_reset_asked", default="Bad om länk för glömt lösenord"),
    "account.link_used": _("deed_account_link_used", default="Valde lösenord med en länk"),
    "account.password_changed": _("deed_account_password_changed", default="Ändrade lösenord"),
    "account.logged_in": _("deed_account_logged_in", default="Loggade in"),
    "account.login_failed": _("deed_account_login_failed", default="Misslyckades att logga in"),
    "account.code_failed": _("deed_account_code_failed", default="Skrev fel engångskod"),
    "account.password_refused": _("deed_account_password_refused", default="Skrev fel nuvarande lösenord"),
    "account.throttled": _("deed_account_throttled", default="Fick vänta efter många försök"),
    "account.logged_out": _("deed_account_logged_out", default="Loggade ut"),
    "account.session_ended": _("deed_account_session_ended", default="Avslutade en inloggning"),
    "account.factor_enrolled": _("deed_account_factor_enrolled", default="Slog på engångskod"),
    "account.factor_reset": _("deed_account_factor_reset", default="Nollställde engångskod"),
    "account.recovery_codes_made": _("deed_account_recovery_codes_made", default="Skapade nya reservkoder"),
    "address.bounce": _("deed_address_bounce", default="Skrev in en e-postadress som studsat"),
    "audit.details_erased": _("deed_audit_details_erased", default="Raderade uppgifter i granskningsloggen"),
    "case.open": _("deed_case_open", default="Öppnade ett ärende"),
    "case.take": _("deed_case_take", default="Tog ett ärende"),
    "case.release": _("deed_case_release", default="Lämnade tillbaka ett ärende"),
    "case.record_exam": _("deed_case_record_exam", default="Registrerade en tentamen"),
    "certificate.issue": _("deed_certificate_issue", default="Utfärdade ett certifikat"),
    "certificate.release": _("deed_certificate_release", default="Signerade och arkiverade ett certifikat"),
    "certification_type.make": _("deed_certification_type_make", default="Skapade en certifieringstyp"),
    "certification_type.change": _("deed_certification_type_change", default="Ändrade en certifieringstyp"),
    "checklist.answer": _("deed_checklist_answer", default="Svarade på en rad i checklistan"),
    "checklist.judge": _("deed_checklist_judge", default="Bedömde ett svar i checklistan"),
    "checklist.notify": _("deed_checklist_notify", default="Klickade på MEDDELA OSS"),
    "customer.open": _("deed_customer_open", default="Registrerade en kund"),
    "customer.connect_account": _("deed_customer_connect_account", default="Kopplade ett konto till en kund"),
    "customer.identity_number_opened": _(
        "deed_customer_identity_number_opened", default="Läste ett personnummer"
    ),
    "customer.identity_protected": _(
        "deed_customer_identity_protected", default="Ändrade skyddet av en identitet"
    ),
    "customer.protect_identity": _("deed_customer_protect_identity", default="Skyddade en identitet"),
    "customer.lift_protection": _("deed_customer_lift_protection", default="Hävde skyddet av en identitet"),
    "customer.records_closed": _(
        "deed_customer_records_closed", default="Spärrade en kunds ärenden för någon i personalen"
    ),
    "customer.address_bad": _(
        "deed_customer_address_bad", default="Märkte en e-postadress som inte fungerar"
    ),
    "customer.change_email": _("deed_customer_change_email", default="Ändrade en kunds e-postadress"),
    "customer.confirm_address": _("deed_customer_confirm_address", default="Bekräftade sin e-postadress"),
    "customer.tell_new_address": _("deed_customer_tell_new_address", default="Meddelade en ny e-postadress"),
    "decision.propose": _("deed_decision_propose", default="Föreslog ett beslut"),
    "decision.return": _("deed_decision_return", default="Lämnade tillbaka ett förslag"),
    "decision.grant": _("deed_decision_grant", default="Beviljade en certifiering"),
    "decision.refuse": _("deed_decision_refuse", default="Avslog en ansökan"),
    "document.file": _("deed_document_file", default="Arkiverade ett dokument"),
    "documents.downloaded": _("deed_documents_downloaded", default="Hämtade ett dokument"),
    "letter.print": _("deed_letter_print", default="Skrev ut ett brev"),
    "letter.post": _("deed_letter_post", default="Prickade av ett brev som postat"),
    "letter.cancel": _("deed_letter_cancel", default="Strök ett brev"),
    "message.start": _("deed_message_start", default="Skrev ett nytt meddelande"),
    "message.reply": _("deed_message_reply", default="Svarade på ett meddelande"),
    "message.system": _("deed_message_system", default="Skickade ett automatiskt meddelande"),
    "supplement.answer": _("deed_supplement_answer", default="Svarade på en begäran om komplettering"),
    "supplement.request": _("deed_supplement_request", default="Begärde komplettering"),
    "supplement.withdraw": _("deed_supplement_withdraw", default="Tog tillbaka en begäran om komplettering"),
    "text.change": _("deed_text_change", default="Ändrade en text"),
    "text.reset": _("deed_text_reset", default="Återställde en text"),
    "reminder.send": _("deed_reminder_send", default="Skickade en påminnelse"),
    "reminder.run_by_hand": _("deed_reminder_run_by_hand", default="Startade nattjobbet"),
    "task.run_again": _("deed_task_run_again", default="Körde ett jobb igen"),
    "task.was_done": _("deed_task_was_done", default="Bekräftade att ett jobb var utfört"),
    "task.give_up": _("deed_task_give_up", default="Gav upp ett jobb"),
}

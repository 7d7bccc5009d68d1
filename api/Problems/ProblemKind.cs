using System.Collections.Frozen;

namespace Gamification.Api;

/// <summary>
/// Every problem this API can answer with. A code is part of the contract: clients switch on it, so none is renamed or reused.
/// Each has a page at <c>/problems/{code}</c> that says what to do.
/// </summary>
public sealed record ProblemKind(int Status, string Code, string Title, string Advice)
{
    public string Type => $"/problems/{Code}";

    public static readonly ProblemKind MalformedJson = new(400, "malformed-json", "The body is not JSON",
        "Send one JSON document in UTF-8, nested at most 8 deep. A receipt that a known till sent is kept in quarantine, so that nothing is lost.");

    public static readonly ProblemKind InvalidRequest = new(400, "invalid-request", "The address does not make sense",
        "A parameter of the path or query is out of bounds; the errors name it. Cursors are opaque: use them as they were given.");

    public static readonly ProblemKind Unauthorised = new(401, "unauthorised", "No valid key or token",
        "Send 'Authorization: Bearer' with a till key, a screen token, or a staff or member token that has not expired or been revoked.");

    public static readonly ProblemKind Forbidden = new(403, "forbidden", "This key or token does not open that",
        "The caller is known, but its role does not include this. A member reads only itself, whoever else is asked for and whether they exist or not.");

    public static readonly ProblemKind WrongStore = new(403, "wrong-store", "The receipt is of another store than the key",
        "A till key belongs to one store. Use that store's key, or correct 'store'. The receipt is kept in quarantine.");

    public static readonly ProblemKind NotFound = new(404, "not-found", "Nothing is here",
        "No such address, or not with this method. The operations are listed in /openapi/v1.json.");

    public static readonly ProblemKind UnknownMember = new(404, "unknown-member", "No such member",
        "Public ids are written as boards show them. A member who left has none.");

    public static readonly ProblemKind UnknownEntry = new(404, "unknown-entry", "No such entry", "Use a version as the account's entries are answered with.");

    public static readonly ProblemKind UnknownStanding = new(404, "unknown-standing", "No such tier, streak or badge",
        "What a programme recognises is listed with the account, at /v1/members/me. A secret badge is known to whoever holds it.");

    public static readonly ProblemKind UnknownBoard = new(404, "unknown-board", "No such board",
        "A board is /v1/boards/{programme|store:ID}/{day|week|month|all}/{points|receipts}; a window is written 2011-05-12, 2011-W19 or 2011-05.");

    public static readonly ProblemKind UnknownRedemption = new(404, "unknown-redemption", "No such redemption",
        "The id is mistyped, or it is another member's. A member's open ones are listed at /v1/members/me/redemptions.");

    public static readonly ProblemKind UnknownChallenge = new(404, "unknown-challenge", "No such challenge",
        "Challenges are listed at /v1/challenges. A draft is there for those who write it, a settlement once standings are frozen.");

    public static readonly ProblemKind UnknownMerge = new(404, "unknown-merge", "No such merge", "Name a merge into this member by the id that it was asked for with.");

    public static readonly ProblemKind UnknownAgent = new(404, "unknown-agent", "No such agent or gesture", "An agent has a quota before anything else; a gesture is decided by the id that it was given with.");

    public static readonly ProblemKind UnknownKey = new(404, "unknown-key", "No such key", "List the keys to see their ids.");

    public static readonly ProblemKind UnknownPairing = new(404, "unknown-pairing", "No such pairing",
        "The code or id is mistyped, or its screen has begun anew. Claim the code that the screen shows now.");

    public static readonly ProblemKind TooSlow = new(408, "too-slow", "The body came too slowly",
        "After the first 15 seconds of waiting a batch must come at 32 KB a second or faster. What was read is answered; send the rest as another batch, in smaller ones where the line is slow.");

    public static readonly ProblemKind DuplicateConflict = new(409, "duplicate-conflict", "The same receipt number with other content",
        "A receipt is named by store, till, business date and number. One with this name was recorded with other content, the card included. "
        + "Nothing was changed; what came is kept in quarantine. Correct the number, or send a return for what was wrong.");

    public static readonly ProblemKind RedemptionConflict = new(409, "redemption-conflict", "The same id for another redemption",
        "An id names one redemption for ever: ask again with it only for the same reward and steps.");

    public static readonly ProblemKind NotASandbox = new(409, "not-a-sandbox", "This programme's time cannot be moved",
        "Time moves by itself in a live programme and in a replay. Test in a programme whose settings say \"clock\": \"sandbox\".");

    public static readonly ProblemKind SandboxNotPlaced = new(409, "sandbox-not-placed", "The sandbox has no time yet", "Place it first: POST /v1/sandbox/advance with to.");

    public static readonly ProblemKind KeyReused = new(409, "key-reused", "This Idempotency-Key was used for something else",
        "A key stands for one wish for ever. Draw a new one for a new wish.");

    public static readonly ProblemKind EventConflict = new(409, "event-conflict", "The same event with other content",
        "An event is named by its source and id. One with this name was recorded with other content, the member included. "
        + "Nothing was changed; what came is kept in quarantine. Give each event an id of its own, and remove what was wrong.");

    public static readonly ProblemKind CommandConflict = new(409, "command-conflict", "The same id with another command",
        "A command is named by its id. One with this id was recorded for this member, and it was another one. Nothing was changed: give each command an id of its own.");

    public static readonly ProblemKind IncidentConflict = new(409, "incident-conflict", "The same id with another incident",
        "An incident is named by its id. One with this id was declared before, with other days, another scope or another reason. Nothing was changed: give each incident an id of its own.");

    public static readonly ProblemKind TooManyKeys = new(409, "too-many-keys", "Too many live keys", "Revoke keys that are no longer used: 10,000 may be live.");

    public static readonly ProblemKind PairingGone = new(410, "pairing-gone", "This pairing is over",
        "Its code expired, or its token was handed out already. Begin a new pairing.");

    public static readonly ProblemKind TooLarge = new(413, "too-large", "The body is too large",
        "One receipt is at most 1 MB, a batch 16 MB and 50,000 lines, an administrative document 64 KB.");

    public static readonly ProblemKind UnsupportedMediaType = new(415, "unsupported-media-type", "Another content type is needed",
        "Send receipts and documents as application/json, events as application/cloudevents+json or application/json, batches as application/x-ndjson.");

    public static readonly ProblemKind InvalidReceipt = new(422, "invalid-receipt", "The receipt cannot be accepted as it is written",
        "The errors name each field and what to do. The receipt is kept in quarantine; send it again when it is corrected.");

    public static readonly ProblemKind RefusedReceipt = new(422, "refused-receipt", "The programme refuses this receipt",
        "The receipt is well written, but the programme's rules do not take it: the error names the rule. It is kept in quarantine.");

    public static readonly ProblemKind UnknownCard = new(422, "unknown-card", "Nobody enrolled with this card",
        "This programme takes receipts of enrolled cards only. Enrol the card and send the receipt again, or send it without a card. It is kept in quarantine.");

    public static readonly ProblemKind InvalidDocument = new(422, "invalid-document", "The document cannot be accepted as it is written",
        "Administrative documents are strict: a field that is unknown, missing or out of bounds is refused by name.");

    public static readonly ProblemKind RefusedDocument = new(422, "refused-document", "The programme cannot take this as it is",
        "A document of the programme is at fault, or what is asked of it cannot be at that time. The errors name each field as a JSON pointer, and what to do. Nothing was changed.");

    public static readonly ProblemKind UnknownPart = new(404, "unknown-part", "No such part or rule",
        "The parts of a programme are settings, ledger, earning, recognition, rewards and catalogue; its rules are listed at /v1/programme/rules.");

    public static readonly ProblemKind InvalidEvent = new(422, "invalid-event", "The event cannot be accepted as it is written",
        "The errors name each field and what to do. The event is kept in quarantine; send it again when it is corrected.");

    public static readonly ProblemKind RefusedEvent = new(422, "refused-event", "The programme refuses this event",
        "The event is well written, but the programme does not take it: the error says why. It is kept in quarantine.");

    public static readonly ProblemKind RefusedClaim = new(422, "refused-claim", "The receipt cannot be claimed",
        "A receipt without a card can be claimed once, within the programme's days, with the code printed on it.");

    public static readonly ProblemKind RefusedCommand = new(422, "refused-command", "The programme refuses this command",
        "The command is well written, but the programme's recognition document or the member's standing does not take it: the error names the field and what to do.");

    public static readonly ProblemKind RefusedRedemption = new(422, "refused-redemption", "The reward cannot be had, or not like this",
        "The error's code says why: too few points, sold out, outside its window, timed out. Nothing was taken from the account.");

    public static readonly ProblemKind RefusedVoucher = new(422, "refused-voucher", "The voucher cannot be taken",
        "The error's code says why: unreadable (scan again), forged, untrusted, expired, revoked, used before, timed out. Do not honour it.");

    public static readonly ProblemKind RefusedChallenge = new(422, "refused-challenge", "The challenge cannot be like this, or not now",
        "The errors name each field as a JSON pointer, and what to do: a store that the programme does not have, a date in the past, a change that takes something from those who take part. Nothing was changed.");

    public static readonly ProblemKind RefusedGesture = new(422, "refused-gesture", "The gesture is not given",
        "The error's code says why: a reason that is not the agent's, a quota that is used up, the agent's own approval.");

    public static readonly ProblemKind TooManyRequests = new(429, "too-many-requests", "Too many calls at once",
        "Wait as long as Retry-After says. The RateLimit headers tell what is left.");

    public static readonly ProblemKind Fault = new(500, "fault", "Something went wrong here",
        "The fault is ours and was logged. Sending a receipt again is always safe.");

    public static readonly ProblemKind Unavailable = new(503, "unavailable", "The engine cannot answer right now",
        "Wait as long as Retry-After says and ask again. Sending a receipt again is always safe: it counts once, whatever became of the first attempt.");

    public static readonly FrozenDictionary<string, ProblemKind> All = new[]
    {
            MalformedJson, InvalidRequest, Unauthorised, Forbidden, WrongStore, NotFound, UnknownMember, UnknownEntry, UnknownStanding, UnknownBoard, UnknownRedemption, UnknownAgent, UnknownMerge, UnknownChallenge, RefusedChallenge,
            UnknownKey, UnknownPairing, TooSlow, DuplicateConflict, EventConflict, CommandConflict, IncidentConflict, NotASandbox, SandboxNotPlaced, KeyReused, RedemptionConflict,
            TooManyKeys, PairingGone, TooLarge, UnsupportedMediaType, InvalidReceipt, RefusedReceipt, UnknownCard, InvalidDocument, InvalidEvent, RefusedEvent,
            RefusedDocument, UnknownPart, RefusedClaim, RefusedRedemption, RefusedVoucher, RefusedGesture, RefusedCommand, TooManyRequests, Fault, Unavailable,
    }.ToFrozenDictionary(kind => kind.Code, StringComparer.Ordinal);
}

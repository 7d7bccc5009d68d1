namespace Gamification.Api;

internal static class DocumentDocs
{
    private const string Tag = "Programme documents";

    private const string Done = """{ "version": 7, "changed": true, "parts": ["earning"] }""";

    private const string Rules = """
        {
          "names": [{ "kind": "label", "id": "local", "fr": "Local", "nl": "Lokaal", "en": "Local" }],
          "rules": [
            { "id": "base", "version": 1, "on": ["sale"], "then": [{ "kind": "pointsPerSpend", "points": 1, "spend": 100 }] },
            { "id": "local", "version": 1, "on": ["sale"], "lines": { "labels": ["local"] }, "then": [{ "kind": "bonus", "points": 5, "perItem": true }] }
          ]
        }
        """;

    private static readonly ParameterDoc Part = new("part", "settings, ledger, earning, recognition, rewards or catalogue.", "earning");
    private static readonly ParameterDoc Rule = new("rule", "The rule's id.", "local");
    private static readonly ParameterDoc Version = new("version", "The version's number.", "1");

    public static readonly OperationDoc GetProgramme = new("getProgramme", Tag, "Read the programme's parts",
        "All parts with their versions, newest first, who published each and from when it holds, and the drafts. `version` grows with every change. "
        + "What holds since ever has no `effectiveFrom`.")
    {
        Permission = Operation.ReadProgramme,
        Answer = new(200, "The parts.", """
            { "version": 1, "parts": [{ "part": "settings", "schema": "/v1/schemas/settings",
              "editions": [{ "number": 1, "stage": "live", "by": "file", "publishedAt": "2026-11-21T09:00:00+00:00", "effectiveFrom": null }], "draft": null }] }
            """),
    };

    public static readonly OperationDoc GetPart = new("getProgrammePart", Tag, "Read a part",
        "The newest published document and the draft, both as JSON, and what the document says as sentences in French, Dutch and English, each with a JSON pointer.")
    {
        Permission = Operation.ReadProgramme,
        Parameters = [Part with { Example = "ledger" }],
        Answer = new(200, "The part.", """
            { "version": 1, "part": "ledger", "schema": "/v1/schemas/ledger",
              "editions": [{ "number": 1, "stage": "live", "by": "file", "publishedAt": "2026-11-21T09:00:00+00:00", "effectiveFrom": null }], "draft": null,
              "published": { "points": { "expiry": { "kind": "never", "count": 0 }, "pendingDays": 0, "debtMax": 5000, "debtIssuanceShare": 10, "debtShare": 50, "forgivenAfterDays": 180, "graceHours": 72, "waits": [] } },
              "drafted": null, "sentences": [] }
            """),
        Problems = [ProblemKind.UnknownPart],
    };

    public static readonly OperationDoc DiscardDraft = new("discardDraft", Tag, "Discard a draft", "What stands stays. Discarding again changes nothing.")
    {
        Permission = Operation.ChangeProgramme,
        Parameters = [Part],
        Answer = new(200, "There is no draft.", Done),
        Problems = [ProblemKind.UnknownPart, ProblemKind.RefusedDocument],
    };

    public static readonly OperationDoc SaveDraft = new("saveDraft", Tag, "Save a draft",
        "Keeps the document, in JSON or YAML (`application/yaml`), as the part's draft whatever is wrong with it; there is one draft a part. "
        + "Begin with what `published` says: rules that were published must stay in the document.")
    {
        Permission = Operation.ChangeProgramme,
        Parameters = [Part],
        Request = Rules,
        Answer = new(200, "Kept.", Done),
        Problems = [ProblemKind.MalformedJson, ProblemKind.TooLarge, ProblemKind.UnsupportedMediaType, ProblemKind.UnknownPart, ProblemKind.RefusedDocument],
    };

    public static readonly OperationDoc ValidateDraft = new("validateDraft", Tag, "Validate a draft",
        "Everything that is wrong with the draft, up to 100 errors, each with the field as a JSON pointer, a stable code and a remedy. A draft without errors is marked as validated, until it is saved anew.")
    {
        Permission = Operation.ChangeProgramme,
        Parameters = [Part],
        Answer = new(200, "What was found.", """{ "valid": true, "errors": [] }"""),
        Problems = [ProblemKind.UnknownPart],
    };

    public static readonly OperationDoc PublishDraft = new("publishDraft", Tag, "Publish a draft",
        "The validated draft takes effect at `effectiveFrom`, at least 60 s from now, so that every node has it by then. Of earning rules every version that is new is "
        + "published; one that states its own `effectiveFrom` keeps it. Publishing again with the same instant changes nothing.")
    {
        Permission = Operation.ChangeProgramme,
        Parameters = [Part],
        Request = """{ "effectiveFrom": "2026-12-01T00:00:00+01:00" }""",
        Answer = new(200, "Published.", Done),
        Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidDocument, ProblemKind.UnknownPart, ProblemKind.RefusedDocument],
    };

    public static readonly OperationDoc RetireVersion = new("retireVersion", Tag, "Take back a version that has not begun",
        "The version before it stays in force. One that has begun is followed by another; rules are retired one by one.")
    {
        Permission = Operation.ChangeProgramme,
        Parameters = [Part with { Example = "ledger" }],
        Request = """{ "number": 2 }""",
        Answer = new(200, "Taken back.", Done),
        Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidDocument, ProblemKind.UnknownPart, ProblemKind.RefusedDocument],
    };

    public static readonly OperationDoc ListRules = new("listRules", Tag, "List the earning rules",
        "Every version of every rule with its stage (draft, validated, scheduled, live, retired), when it holds, and what it says in French, Dutch and English, made from the rule itself.")
    {
        Permission = Operation.ReadProgramme,
        Parameters = [new("rule", "One rule only.", "base") { InQuery = true }],
        Answer = new(200, "The versions, by rule, newest first.", """
            { "rules": [{ "rule": "base", "version": 1, "stage": "scheduled", "publishedAt": "2026-11-21T09:00:00+00:00", "effectiveFrom": "2026-12-01T00:00:00+01:00", "effectiveUntil": null,
              "text": { "fr": "À chaque achat : 1 point pour 1 € d’achat.", "nl": "Bij elke aankoop: 1 punt per € 1 aankoop.", "en": "On every purchase: 1 point for every €1 spent." },
              "document": { "id": "base", "version": 1, "on": ["sale"], "then": [{ "kind": "pointsPerSpend", "points": 1, "spend": 100 }],
                "validatedAt": "2026-11-21T09:00:00+00:00", "publishedAt": "2026-11-21T09:00:00+00:00", "effectiveFrom": "2026-12-01T00:00:00+01:00" } }] }
            """),
    };

    public static readonly OperationDoc PublishRule = new("publishRule", Tag, "Publish one version of a rule",
        "From the validated draft, this version alone; the rest of the draft stays a draft. `effectiveFrom` is at least 60 s from now, `effectiveUntil` (exclusive) may be left out. "
        + "The version before it ends when this one begins.")
    {
        Permission = Operation.ChangeProgramme,
        Parameters = [Rule, Version],
        Request = """{ "effectiveFrom": "2026-12-01T00:00:00+01:00" }""",
        Answer = new(200, "Published.", Done),
        Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidDocument, ProblemKind.UnknownPart, ProblemKind.RefusedDocument],
    };

    public static readonly OperationDoc RetireRule = new("retireRule", Tag, "Retire a version of a rule",
        "It ends at `at`, at least 60 s from now; one that has not begun by then never does. Awards that it made stay, and returns are still rated by it.")
    {
        Permission = Operation.ChangeProgramme,
        Parameters = [Rule, Version],
        Request = """{ "at": "2027-01-01T00:00:00+01:00" }""",
        Answer = new(200, "Retired.", Done),
        Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidDocument, ProblemKind.UnknownPart, ProblemKind.RefusedDocument],
    };

    public static readonly OperationDoc Preview = new("previewDraft", Tag, "Rate a basket under the drafts",
        "What a receipt would earn as things stand, and what it would if every draft held when it occurred: for the holder of its `card` with tier, segments, caps and first times as they are, without a card "
        + "for somebody without any past. Both by the same function as the award. Records nothing.")
    {
        Permission = Operation.ReadProgramme,
        Request = """{"type":"sale","store":"BRU","till":"3","businessDate":"2026-11-21","number":"000999","occurredAt":"2026-11-21T09:00:00+01:00","currency":"EUR","total":5,"lines":[{"sku":"85123A","quantity":1,"amount":5}]}""",
        Answer = new(200, "Both.", """
            { "now": { "points": 5, "netSpend": 5, "pointsByLine": [5], "multiplier": 1, "why": [] }, "draft": { "points": 10, "netSpend": 5, "pointsByLine": [10], "multiplier": 1, "why": [] }, "difference": 5 }
            """),
        Problems = [ProblemKind.MalformedJson, ProblemKind.TooLarge, ProblemKind.UnsupportedMediaType, ProblemKind.InvalidReceipt, ProblemKind.RefusedReceipt, ProblemKind.RefusedDocument],
    };

    public static readonly OperationDoc Export = new("exportProgramme", Tag, "Export the programme",
        "The newest published version of every part in one document, as JSON, or as YAML with `Accept: application/yaml`. The same programme makes the same bytes; the file can start another deployment.")
    {
        Permission = Operation.ReadProgramme,
        Answer = new(200, "The document."),
    };

    public static readonly OperationDoc Diff = new("diffProgramme", Tag, "Compare a document with what stands",
        "In what a programme's document, in JSON or YAML, differs from what stands: each place as a JSON pointer, before and after, and as a sentence. Parts that it leaves out do not differ.")
    {
        Permission = Operation.ReadProgramme,
        Request = """{ "ledger": { "points": { "pendingDays": 14 } } }""",
        Answer = new(200, "The differences.", """
            { "same": false, "changes": [{ "pointer": "/ledger/points/pendingDays", "before": 0, "after": 14,
              "text": { "fr": "Points : points pendingDays passe de 0 à 14", "nl": "Punten: points pendingDays gaat van 0 naar 14", "en": "Points: points pendingDays changes from 0 to 14" } }] }
            """),
        Problems = [ProblemKind.MalformedJson, ProblemKind.TooLarge, ProblemKind.UnsupportedMediaType, ProblemKind.RefusedDocument],
    };

    public static readonly OperationDoc Import = new("importProgramme", Tag, "Import a document",
        "Publishes, all or nothing, every part that differs from what stands, at `effectiveFrom`, or in 90 s. Parts that the document leaves out stay. "
        + "What never changes (id, currency, zone, clock, net spend, published rules) is refused with the reason. Importing again changes nothing.")
    {
        Permission = Operation.ChangeProgramme,
        Parameters = [new("effectiveFrom", "At least 60 s from now.", "2026-12-02T00:00:00+01:00") { InQuery = true }],
        Request = """{ "ledger": { "points": { "pendingDays": 14 } } }""",
        Answer = new(200, "Published.", Done),
        Problems = [ProblemKind.InvalidRequest, ProblemKind.MalformedJson, ProblemKind.TooLarge, ProblemKind.UnsupportedMediaType, ProblemKind.RefusedDocument],
    };

    public static readonly OperationDoc GetCatalogue = new("exportCatalogue", Tag, "Export the goods", "The catalogue as CSV (RFC 4180): sku, category, family, labels, from. Labels are separated by `|`.")
    {
        Permission = Operation.ReadProgramme,
        Answer = new(200, "The rows, by code and date.", "sku,category,family,labels,from\r\n85123A,home,candles,local|organic,2026-12-01\r\n", "text/csv"),
    };

    public static readonly OperationDoc ImportCatalogue = new("importCatalogue", Tag, "Import goods",
        "Rows beside those that are there. A row without a date of its own holds from `from`, which is after today: what receipts were decided by never changes. Rows that say nothing new are passed over.")
    {
        Permission = Operation.ChangeProgramme,
        Parameters = [new("from", "The first business date.", "2026-12-01") { InQuery = true }],
        RequestType = "text/csv",
        Request = "sku,category,family,labels\r\n85123A,home,candles,local|organic\r\n",
        Answer = new(200, "Taken.", Done),
        Problems = [ProblemKind.InvalidRequest, ProblemKind.TooLarge, ProblemKind.UnsupportedMediaType, ProblemKind.RefusedDocument],
    };

    public static readonly OperationDoc GetSchema = new("getSchema", Tag, "Read a part's JSON Schema", "What a part's document may hold, with all bounds, as JSON Schema (draft 2020-12).")
    {
        Parameters = [new("name", "The part.", "earning")],
        Answer = new(200, "The schema.", null, "application/schema+json"),
        Problems = [ProblemKind.NotFound],
    };
}

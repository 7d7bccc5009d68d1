namespace Gamification.Api;

/// <summary>What reading impact promises.</summary>
internal static class ImpactDocs
{
    private const string Tag = "Impact";

    private const string Restatement = """
        { "edition": 2, "at": "2026-11-21T16:05:00+00:00", "counters": [ { "counter": "co2e", "before": 12.5, "after": 10 } ],
          "corrections": [ { "factor": "carbon", "version": 2, "why": { "fr": "Nouvelle étude", "nl": "Nieuwe studie", "en": "New study" }, "publisher": "Ministry", "title": "Table of emissions", "url": "https://example.org/factors" } ] }
        """;

    private const string View = """
        { "edition": 1, "counters": [ { "counter": "co2e", "name": { "fr": "CO₂e évité", "nl": "Vermeden CO₂e", "en": "CO₂e avoided" }, "unit": { "fr": "kg", "nl": "kg", "en": "kg" }, "value": 12.5, "withheld": false,
          "sources": [ { "factor": "carbon", "version": 1, "publisher": "Ministry", "title": "Table of emissions", "url": "https://example.org/factors", "published": "2026-01-01", "example": true,
            "words": { "fr": "Source : Ministry, Table of emissions (2026) — chiffre d’exemple", "nl": "Bron: Ministry, Table of emissions (2026) — voorbeeldcijfer", "en": "Source: Ministry, Table of emissions (2026) — example figure" } } ] } ],
          "restating": null, "restatements": [] }
        """;

    private const string Promise = "Every figure comes with the sources of the factors that are in it, to be shown beside it; `example` marks one that nobody published. What comes back is taken back exactly. "
        + "Figures are told by one published version of the factors (`edition`) as a whole. While a newer one that counts other goods or events is worked out, `restating` says how far it has come. "
        + "`restatements` are the three newest corrections, with the community's figures before and after. A figure counts what is durable a second or two later, and is rounded down. "
        + "A figure of the community or a store that is about fewer people than the programme's `peopleMin` (10 unless it says otherwise) is `withheld`: it has neither value nor sources.";

    public static readonly OperationDoc Community = new("getImpact", Tag, "Read the community's impact", Promise)
    {
        Permission = Operation.ReadImpact,
        Answer = new(200, "The counters.", View),
    };

    public static readonly OperationDoc Store = new("getStoreImpact", Tag, "Read a store's impact", "What was done in one store. " + Promise)
    {
        Permission = Operation.ReadImpact,
        Parameters = [new("store", "The store's id.", "BRU")],
        Answer = new(200, "The counters.", View),
        Problems = [ProblemKind.NotFound],
    };

    public static readonly OperationDoc Own = new("getOwnImpact", Tag, "Read one's own impact", "What the calling member did. " + Promise)
    {
        Permission = Operation.ReadImpact,
        Answer = new(200, "The counters.", View),
        Problems = [ProblemKind.Forbidden],
    };

    public static readonly OperationDoc Restatements = new("listRestatements", Tag, "List what corrections changed",
        "Newest first: each published version of the factors that moved a counter, with the community's figures before and after as of the same moment, and why. They are durable and never taken back.")
    {
        Permission = Operation.ReadImpact,
        Parameters =
        [
            new("skip", "How many to pass over, 0 to 1,000.", "0") { InQuery = true },
            new("limit", "How many at most, 1 to 100; 20 when left out.", "20") { InQuery = true },
        ],
        Answer = new(200, "The restatements.", "{ \"restatements\": [ " + Restatement + " ], \"more\": false }"),
        Problems = [ProblemKind.InvalidRequest],
    };
}

namespace Gamification.Api;

/// <summary>What reading leagues and taking part in them promise.</summary>
internal static class LeagueDocs
{
    private const string Tag = "Leagues";

    private const string League = """
        { "league": "neighbours", "name": { "fr": "Ligue des voisins", "nl": "Burencompetitie", "en": "Neighbours’ league" }, "words": { "fr": "…", "nl": "…", "en": "…" },
          "divisions": [ { "fr": "Bronze", "nl": "Brons", "en": "Bronze" } ], "promoted": 5,
          "season": { "number": 3, "name": "2026-W49", "opens": "2026-11-29T23:00:00+00:00", "closes": "2026-12-06T23:00:00+00:00", "settles": "2026-12-07T23:00:00+00:00", "draws": null, "players": 412 },
          "settled": [ { "number": 2, "name": "2026-W48", "hash": "9f2c…", "rows": 398 } ],
          "own": { "joined": true, "hidden": false, "division": { "fr": "Bronze", "nl": "Brons", "en": "Bronze" }, "groupSize": 30, "effort": 12, "toBeShown": 4,
            "places": [ { "id": "H7XK2M", "name": "Vega 12", "rank": 1, "effort": 31, "goesUp": true, "isOwn": false } ], "last": null } }
        """;

    private const string Promise = "Groups of about 30 of one division, by effort: what was done, not what was spent, unless the league's document names sales. `places` is the upper half of the own group, best first, and "
        + "the caller itself; in the lower half nobody is shown but oneself, without a rank, and `toBeShown` is what it takes. Who goes up at the end has `goesUp`. Who is hidden, by this league's or the programme's "
        + "setting, is shown to nobody and stays in its division; its rank is where it would stand. Groups are drawn when the season before is settled (`draws`); efforts count from the start. Who joins "
        + "late is seated within seconds and brings its week.";

    private static readonly ParameterDoc Id = new("league", "Its id.", "neighbours");

    public static readonly OperationDoc List = new("listLeagues", Tag, "List the leagues", "Each with its season and, for a member, where it stands. " + Promise)
    {
        Permission = Operation.ReadLeagues,
        Answer = new(200, "The leagues.", "{ \"leagues\": [ " + League + " ] }"),
    };

    public static readonly OperationDoc Get = new("getLeague", Tag, "Read a league", Promise)
    {
        Permission = Operation.ReadLeagues,
        Parameters = [Id],
        Answer = new(200, "The league.", League),
        Problems = [ProblemKind.NotFound],
    };

    public static readonly OperationDoc Take = new("takePartInLeague", Tag, "Join, leave or hide",
        "A member joins a league, leaves it, or is seen by nobody (`hidden`). Durable when answered; the same again changes nothing. Who has joined plays every season until it leaves; who leaves is in no standings of the season.")
    {
        Permission = Operation.JoinLeagues,
        Parameters = [Id],
        Request = """{ "joined": true, "hidden": false }""",
        Answer = new(200, "The league, with the member's own part.", League),
        Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidDocument, ProblemKind.Forbidden, ProblemKind.NotFound],
    };

    public static readonly OperationDoc Settlement = new("getLeagueSeason", Tag, "Download a settled season",
        "The texts of a settled season, to check it with any tool: `certificate`, whose SHA-256 is the season's `hash`, and `standings`, whose SHA-256 the certificate has: a line each, division, group, rank, slot, effort, "
        + "reachedAt, stays, up or down, v or h for hidden. A slot is the first 128 bits of SHA-256 over season and member, so that the texts name nobody, and still hold when a member is erased.")
    {
        Permission = Operation.ReadLeagues,
        Parameters = [Id, new("season", "Its number, from 1.", "2"), new("part", "certificate or standings.", "certificate")],
        Answer = new(200, "The text.", "gamification-league 1\n", "text/plain"),
        Problems = [ProblemKind.NotFound],
    };
}

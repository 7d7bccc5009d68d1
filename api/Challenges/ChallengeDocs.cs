namespace Gamification.Api;

/// <summary>What reading challenges and taking part in them promise.</summary>
internal static class ChallengeDocs
{
    private const string Words = """{ "fr": "0 gaspillage 7 jours : …", "nl": "7 dagen zonder verspilling: …", "en": "7 days without waste: …" }""";

    private const string Fields = """
        "challenge": "zero-gaspillage", "run": 1,
        "name": { "fr": "0 gaspillage 7 jours", "nl": "7 dagen zonder verspilling", "en": "7 days without waste" },
        "words":
        """ + " " + Words + """
        , "kind": "individual", "optIn": true, "target": 7, "unit": "days", "average": false, "teams": [],
        "prizes": { "completion": { "points": 200, "reward": { "fr": "Panier anti-gaspi", "nl": "Mandje tegen verspilling", "en": "Anti-waste basket" } }, "completionMax": null, "ranks": [], "milestones": [] },
        "opens": "2026-11-29T23:00:00+00:00", "closes": "2026-12-06T23:00:00+00:00", "graceEnds": "2026-12-09T23:00:00+00:00",
        "phase": "live", "paused": false, "nextAt": "2026-12-06T23:00:00+00:00", "participants": 412, "total": 1630,
        "milestones": [], "groups": [], "revealed": [], "revealsAt": null,
        "versions": [ { "version": 1, "since": "2026-11-21T09:00:00+00:00", "reason": null } ],
        "reason": null, "certificate": null, "prizesReceived": 0,
        "own": { "joined": true, "team": null, "hidden": false, "score": 5, "complete": false, "left": { "fr": "Plus que 2 jours.", "nl": "Nog 2 dagen.", "en": "2 days to go." }, "rank": { "rank": 12, "tiedWith": 3, "ranked": 412, "virtual": false } }
        """;

    private static readonly ParameterDoc Run = new("run", "Which run of it, from 1; the newest when left out.", "1") { InQuery = true };

    public static readonly ParameterDoc Challenge = new("challenge", "Its id.", "zero-gaspillage");

    public static readonly OperationDoc List = new("listChallenges", "Challenges", "List the challenges",
        "Runs that are open, oldest first, or those that are over, newest first; drafts for marketers only. `words` is all of a challenge in sentences, made from the same document that "
        + "decides. `own` is where the calling member stands, null for other callers; its `rank` (1-2-2-4) among the members who `ranked`, or its team's among the teams, while what happens still counts, "
        + "`virtual` for who hides: it stands there for nobody else. Count down by the difference between `serverTime` and your own clock.")
    {
        Permission = Operation.ReadChallenges,
        Parameters =
        [
            new("show", "`open` (default) or `over`.", "open") { InQuery = true },
            new("skip", "How many to pass over, 0 to 1,000.", "0") { InQuery = true },
            new("limit", "How many at most, 1 to 50; 20 when left out.", "20") { InQuery = true },
        ],
        Answer = new(200, "The runs.", "{ \"challenges\": [ { " + Fields + " } ], \"more\": false, \"serverTime\": \"2026-12-01T10:00:00+00:00\" }"),
        Problems = [ProblemKind.InvalidRequest],
    };

    public static readonly OperationDoc Get = new("getChallenge", "Challenges", "Read a challenge",
        "One run with its totals: milestones of a shared goal, teams or stores with their ranks (1-2-2-4), what of the teasing is out and when there is more. `phase` is draft, scheduled, live, "
        + "grace (what happened inside and becomes known now still counts), settling, settled, adjusted or cancelled; `nextAt` is when it changes by itself. `versions` are those that "
        + "participants were shown, with the reasons. `target` and scores are in `unit`: deeds, items, spend (minor units), days, weeks, stores, categories or steps; with `average` a group's "
        + "score is in thousandths a member.")
    {
        Permission = Operation.ReadChallenges,
        Parameters = [Challenge, Run],
        Answer = new(200, "The run.", "{ " + Fields + ", \"serverTime\": \"2026-12-01T10:00:00+00:00\" }"),
        Problems = [ProblemKind.InvalidRequest, ProblemKind.UnknownChallenge],
    };

    public static readonly OperationDoc Take = new("takePartInChallenge", "Challenges", "Join, leave or hide",
        "A member joins a challenge that is joined, with a team in a contest of teams; leaves it; or appears in no standings (`hidden`). Whoever joins brings what it did inside the window "
        + "before. Durable when answered; the same again changes nothing. `own` counts what is known of the member a moment later.")
    {
        Permission = Operation.JoinChallenges,
        Parameters = [Challenge, Run],
        Request = """{ "joined": true, "hidden": false }""",
        Answer = new(200, "The run, with the member's own part.", "{ " + Fields + ", \"serverTime\": \"2026-12-01T10:00:00+00:00\" }"),
        Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidDocument, ProblemKind.UnknownChallenge, ProblemKind.RefusedChallenge],
    };

    public static readonly OperationDoc Standings = new("getChallengeStandings", "Challenges", "Read a challenge's board while it runs",
        "Who stands where where each is for itself, by pseudonym and in the order of its settlement but for full ties: score, then who reached it first. Those who hide, from this challenge or from "
        + "every board, are not in it; everybody's own place is in `own` of the challenge. From when standings are frozen on its settlement has them.")
    {
        Permission = Operation.ReadChallenges,
        Parameters =
        [
            Challenge,
            Run,
            new("offset", "How many rows to pass over.", "0") { InQuery = true },
            new("limit", "How many at most, 1 to 500; 50 when left out.", "50") { InQuery = true },
        ],
        Answer = new(200, "A page of it.", """
            { "challenge": "zero-gaspillage", "run": 1, "size": 1, "ties": "standard", "rows": [ { "id": "K7Q2M9XA", "name": "Altaïr 12", "place": 1, "rank": 1, "tiedWith": 0, "score": 3, "reachedAt": "2026-12-01T10:00:00+00:00", "orderReason": null } ] }
            """),
        Problems = [ProblemKind.InvalidRequest, ProblemKind.UnknownChallenge, ProblemKind.UnknownBoard],
    };

    public static readonly OperationDoc Settlement = new("getSettlement", "Challenges", "Download a settlement",
        "The texts of a settled run, to check it with any tool: `certificate`, whose SHA-256 is the run's `certificate`; `challenge`, the document; `standings`, a line each: place, rank, slot, "
        + "group, score, reachedAt, completedAt, v or h for hidden; `prizes`: place, slot, key, points, reward. The certificate has the SHA-256 of each. A slot is the first 128 bits of "
        + "SHA-256 over run and member, so that the texts name nobody, and still hold when a member is erased. The command `challenge verify` works order, ranks and prizes out again.")
    {
        Permission = Operation.ReadChallenges,
        Parameters = [Challenge, new("part", "certificate, challenge, standings or prizes.", "certificate"), Run],
        Answer = new(200, "The text.", "gamification-certificate 1\n", "text/plain"),
        Problems = [ProblemKind.InvalidRequest, ProblemKind.UnknownChallenge],
    };
}

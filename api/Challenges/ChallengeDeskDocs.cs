namespace Gamification.Api;

/// <summary>What making and running challenges promises.</summary>
internal static class ChallengeDeskDocs
{
    private const string Words = """{ "fr": "0 gaspillage 7 jours : …", "nl": "7 dagen zonder verspilling: …", "en": "7 days without waste: …" }""";

    private const string Document = """
        {
          "id": "petit-dejeuner", "version": 1,
          "name": { "fr": "Le petit déjeuner", "nl": "Het ontbijt", "en": "Breakfast" },
          "window": { "from": "2026-12-01", "until": "2026-12-08" },
          "goal": { "kind": "count", "target": 3, "of": { "on": ["sale", "visit"] } },
          "prizes": { "completion": { "points": 50 }, "budget": { "points": 50000 } }
        }
        """;

    public static readonly OperationDoc Templates = new("listChallengeTemplates", "Challenges", "List the templates",
        "Challenges ready to be launched, in French, Dutch and English. Give one dates and stores with POST /v1/challenges; or take its `challenge` as the beginning of your own document.")
    {
        Permission = Operation.ManageChallenges,
        Answer = new(200, "The templates.", "{ \"templates\": [ { \"id\": \"zero-gaspillage\", \"name\": { \"fr\": \"0 gaspillage 7 jours\", \"nl\": \"7 dagen zonder verspilling\", \"en\": \"7 days without waste\" }, \"words\": " + Words
            + ", \"days\": 7, \"needsStores\": false, \"challenge\": " + Document + " } ] }"),
    };

    public static readonly OperationDoc Launch = new("launchChallenge", "Challenges", "Launch a template",
        "A template with a first day, and if you wish another id, another number of days, and stores. With `schedule` it is live from that day on, by itself; otherwise it is a draft. Asking again "
        + "writes the same. Warnings hinder nothing: a goal that is only reached by buying, a reward that the catalogue does not have.")
    {
        Permission = Operation.ManageChallenges,
        Request = """{ "template": "zero-gaspillage", "from": "2026-12-01", "days": 7, "stores": [], "schedule": true }""",
        Answer = new(201, "Where it stands, and all of it in sentences.", "{ \"challenge\": \"zero-gaspillage\", \"run\": 1, \"warnings\": [], \"words\": " + Words + " }"),
        Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidDocument, ProblemKind.RefusedChallenge],
    };

    public static readonly OperationDoc Validate = new("validateChallenge", "Challenges", "Look at a document",
        "What is wrong with a challenge's document is the answer, each error with its field as a JSON pointer and a remedy. JSON or YAML; its schema is /v1/schemas/challenge.")
    {
        Permission = Operation.ManageChallenges,
        Request = Document,
        Answer = new(200, "Errors, warnings, and without errors all of it in sentences.", "{ \"errors\": [], \"warnings\": [], \"words\": " + Words + " }"),
        Problems = [ProblemKind.MalformedJson, ProblemKind.TooLarge],
    };

    public static readonly OperationDoc Read = new("readChallengeDocument", "Challenges", "Read a run's document",
        "The version that stands, as PUT /v1/challenges/{challenge} takes it: change it and send it back.")
    {
        Permission = Operation.ManageChallenges,
        Parameters = [ChallengeDocs.Challenge, new("run", "Which run of it, from 1; the newest when left out.", "1") { InQuery = true }],
        Answer = new(200, "The document.", "{ \"challenge\": " + Document + " }"),
        Problems = [ProblemKind.UnknownChallenge],
    };

    public static readonly OperationDoc Save = new("saveChallenge", "Challenges", "Write a draft, or change what is live",
        "Before it starts the document replaces the draft. While it is live the same version may only widen: a later end, a higher budget, a lower goal; an error `narrows` names what would take "
        + "something away. Anything else is the next version with a reason, which participants see. A new run begins when the last one is over. All that was done since the start is counted anew.")
    {
        Permission = Operation.ManageChallenges,
        Parameters = [new("challenge", "Its id, as in the document.", "petit-dejeuner")],
        Request = "{ \"challenge\": " + Document + " }",
        Answer = new(200, "Where it stands, and all of it in sentences.", "{ \"challenge\": \"petit-dejeuner\", \"run\": 1, \"warnings\": [], \"words\": " + Words + " }"),
        Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidDocument, ProblemKind.TooLarge, ProblemKind.RefusedChallenge],
    };

    public static readonly OperationDoc Do = new("commandChallenge", "Challenges", "Schedule, pause, end, cancel",
        "`schedule`; `pause`, in which nothing counts; `resume` with `extends`, whether the end moves by as long as it stood still; `end` now, with grace and settlement as announced; `cancel`, which "
        + "settles at once: who has reached the goal or a milestone keeps that, others get the compensation; both with a `reason` in three languages of at most 80 characters each that participants "
        + "see; `adjust` takes back what a `slot` of the settled standings won, with `why`: no rank changes. Each may be repeated.")
    {
        Permission = Operation.ManageChallenges,
        Parameters = [ChallengeDocs.Challenge, new("run", "Which run of it, from 1; the newest when left out.", "1") { InQuery = true }],
        Request = """{ "command": "pause" }""",
        Answer = new(200, "The run as it stands.", ChallengeDocs.Get.Answer.Body),
        Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidDocument, ProblemKind.UnknownChallenge, ProblemKind.RefusedChallenge],
    };
}

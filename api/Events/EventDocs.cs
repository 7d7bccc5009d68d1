namespace Gamification.Api;

internal static class EventDocs
{
    private const string Review = """
        {
          "specversion": "1.0",
          "source": "//community.example/reviews",
          "id": "4711",
          "type": "review",
          "time": "2026-11-21T16:30:00+01:00",
          "subject": "sku:85123A",
          "data": { "member": "K7Q2M9XA", "channel": "app" }
        }
        """;

    private const string About =
        "A CloudEvent 1.0 in structured JSON. `type` is post, comment, review, accepted-answer, poll-vote, share, welcome, survey, visit, scan or confirmation (of an address). "
        + "`source` and `id` name the event, 96 characters each and without spaces; `subject` says what it is about. In `data`: `member` (a public id) or `card` of whoever earns; "
        + "`store` where it happened in one, which a visit always does; `channel`, store or web unless stated; `actor` (a public id) who made it happen where that is somebody else; "
        + "`target` where it counts once for each actor and target. Extension attributes are passed over, unknown fields of `data` are refused.";

    public static readonly OperationDoc Post = new("postEvent", "Events", "Report what a member did",
        About + " Rules decide what it brings, by the versions in force at `time`; it is durable when the answer comes. Report again whenever in doubt: an event counts once, and "
        + "a repeat is answered with the first result and `replayed: true`. A `removal` names an event in `data.original` (`id`, and `source` where it is another) and takes back exactly "
        + "what that brought, `by` its author or a moderator; a `restoration` grants exactly that again. Of several the one whose `time` is latest holds, in whatever order they come; one that "
        + "comes before its event waits 30 days for it. `treatment` is earned, repeated, own-deed, taken-back, regranted, parked or unchanged.")
    {
        Permission = Operation.ReportEvents,
        RequestType = EventEndpoints.ContentType,
        Request = Review,
        Answer = new(201, "Recorded now. A repeat is answered with 200 and the same body, `replayed: true`.", """
            {
              "outcome": "recorded",
              "replayed": false,
              "source": "//community.example/reviews",
              "id": "4711",
              "member": "K7Q2M9XA",
              "treatment": "earned",
              "points": 15,
              "flags": [],
              "recordedAt": "2026-11-21T15:30:01.2+00:00"
            }
            """),
        Problems =
        [
            ProblemKind.MalformedJson, ProblemKind.EventConflict, ProblemKind.TooLarge, ProblemKind.UnsupportedMediaType, ProblemKind.InvalidEvent, ProblemKind.RefusedEvent,
        ],
    };

    public static readonly OperationDoc Preview = new("previewEvent", "Events", "Ask what an event would earn",
        About + " The same rule that awards points decides; nothing is recorded and nobody is admitted.")
    {
        Permission = Operation.ReportEvents,
        RequestType = EventEndpoints.ContentType,
        Request = Review.Replace("4711", "4712", StringComparison.Ordinal),
        Answer = new(200, "What it would earn.", """{ "points": 15, "treatment": "earned", "why": [] }"""),
        Problems = [ProblemKind.MalformedJson, ProblemKind.TooLarge, ProblemKind.UnsupportedMediaType, ProblemKind.InvalidEvent, ProblemKind.RefusedEvent],
    };

    public static readonly OperationDoc Batch = new("postEvents", "Events", "Report many events",
        "One event a line, at most 64 KB each, 50,000 lines and 16 MB. Each line is answered by one line, in order, as if it had been reported alone: `line` and `status`, "
        + "then what a single event is answered, or the problem. Lines of one member, named in the same way, are taken in order.")
    {
        Permission = Operation.ReportEvents,
        RequestType = "application/x-ndjson",
        Request = """
            {"specversion":"1.0","source":"//community.example/posts","id":"88","type":"comment","time":"2026-11-21T16:31:00+01:00","data":{"member":"K7Q2M9XA"}}
            {"specversion":"1.0","source":"//community.example/posts","id":"88-gone","type":"removal","time":"2026-11-21T16:32:00+01:00","data":{"member":"K7Q2M9XA","original":{"id":"88"},"by":"moderator"}}

            """,
        Answer = new(200, "One line an input line.", """
            {"line":1,"status":201,"outcome":"recorded","replayed":false,"source":"//community.example/posts","id":"88","member":"K7Q2M9XA","treatment":"earned","points":2,"flags":[],"recordedAt":"2026-11-21T15:31:00.1+00:00"}
            {"line":2,"status":201,"outcome":"recorded","replayed":false,"source":"//community.example/posts","id":"88-gone","member":"K7Q2M9XA","treatment":"taken-back","points":-2,"flags":[],"recordedAt":"2026-11-21T15:32:00.1+00:00"}

            """, "application/x-ndjson"),
        Problems = [ProblemKind.TooSlow, ProblemKind.TooLarge, ProblemKind.UnsupportedMediaType],
    };
}

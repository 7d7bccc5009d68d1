using Gamification.Activities;
using Gamification.Programmes.Earning;

namespace Gamification.Api;

/// <summary>The words of the wire for events and what becomes of them.</summary>
internal static class EventWords
{
    public const string Removal = "removal";
    public const string Restoration = "restoration";

    /// <summary>What another system may report. Sales come as receipts, and anniversaries the engine knows itself.</summary>
    private static readonly (string Word, EarningEvent Type)[] Types =
    [
        ("post", EarningEvent.Post),
        ("comment", EarningEvent.Comment),
        ("review", EarningEvent.Review),
        ("accepted-answer", EarningEvent.AcceptedAnswer),
        ("poll-vote", EarningEvent.PollVote),
        ("share", EarningEvent.Share),
        ("welcome", EarningEvent.Welcome),
        ("survey", EarningEvent.Survey),
        ("visit", EarningEvent.Visit),
        ("scan", EarningEvent.Scan),
        ("confirmation", EarningEvent.Confirmation),
    ];

    /// <summary>What is in statements besides.</summary>
    private static readonly (string Word, EarningEvent Type)[] Own =
    [
        ("enrolment", EarningEvent.Enrolment),
        ("birthday", EarningEvent.Birthday),
        ("enrolment-anniversary", EarningEvent.EnrolmentAnniversary),
        ("first-purchase-anniversary", EarningEvent.FirstPurchaseAnniversary),
    ];

    public static string All { get; } = string.Join(", ", Types.Select(type => type.Word)) + $", {Removal} or {Restoration}";

    public static EarningEvent? TypeOf(string word)
    {
        foreach (var (known, type) in Types)
        {
            if (known == word) return type;
        }

        return null;
    }

    public static string Of(EarningEvent type) => Types.Concat(Own).First(known => known.Type == type).Word;

    public static string Of(ActivityTreatment treatment) => treatment switch
    {
        ActivityTreatment.Earned => "earned",
        ActivityTreatment.Repeated => "repeated",
        ActivityTreatment.OwnDeed => "own-deed",
        ActivityTreatment.TakenBack => "taken-back",
        ActivityTreatment.Regranted => "regranted",
        ActivityTreatment.Parked => "parked",
        ActivityTreatment.Unchanged => "unchanged",
        _ => throw new ArgumentOutOfRangeException(nameof(treatment), treatment, "This treatment has no word yet."),
    };
}

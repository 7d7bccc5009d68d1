using Gamification.Members;
using Gamification.Recognition;

namespace Gamification.Rules.Recognition;

/// <summary>Why something that a member had is taken back.</summary>
public enum UndoneBy
{
    /// <summary>The rules or time: nothing more can be said.</summary>
    Itself,
    Return,

    /// <summary>What it was for was removed.</summary>
    Removal,

    /// <summary>A person, who gave a reason.</summary>
    Hand,

    /// <summary>Two accounts of one person had both been given it.</summary>
    Merge,
    Unmerge,
}

/// <summary>The cause as the entry itself tells it, so that entries from before anybody asked say the truth, too.</summary>
/// <param name="By">What did it.</param>
/// <param name="Reason">In the words of whoever did it by hand; null otherwise.</param>
public readonly record struct Undoing(UndoneBy By, string? Reason = null)
{
    public static Undoing Of(AccountEntry entry) => entry switch
    {
        ReceiptPosted or ReturnSettled or SaleAttributed => new(UndoneBy.Return),
        ActivityRevised => new(UndoneBy.Removal),
        RecognitionPosted { Command: TakeBadge take } => new(UndoneBy.Hand, take.Reason),
        RecognitionPosted { Command: JudgeFraud fraud } => new(UndoneBy.Hand, fraud.Reason),
        MemberJoined => new(UndoneBy.Merge),
        MemberParted or MemberRevived => new(UndoneBy.Unmerge),
        _ => new(UndoneBy.Itself),
    };
}

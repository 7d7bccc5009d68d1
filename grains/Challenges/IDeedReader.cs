using Gamification.Journal;

namespace Gamification.Challenges;

/// <summary>
/// How members' entries read as deeds: the port by which challenges know accounts. The same entry reads the same for ever, so that a challenge counted anew
/// from the journal comes to the same scores.
/// </summary>
public interface IDeedReader
{
    /// <summary>What the entry says of deeds, each as it stands after it; null when it says nothing.</summary>
    MemberDeeds? Read(StoredEntry entry);
}

using Gamification.Members;
using Gamification.Recognition;

namespace Gamification.Rules.Recognition;

/// <summary>What entries say that was awarded of one badge, and how often each gift was due: the periods that are closed included.</summary>
internal sealed class GivenBadges
{
    private readonly HashSet<BadgeAwardId> _stands = [];
    private readonly Dictionary<string, int> _turns = [];

    public GivenBadges(string badge, IEnumerable<AccountEntry> entries)
    {
        var prefix = $"badge/{badge}/";
        foreach (var change in entries.Where(entry => entry.RecognisedLater is not null).SelectMany(entry => entry.Recognised!.Changes))
        {
            switch (change)
            {
                case BadgeAwarded awarded when awarded.Id.Badge == badge:
                    _stands.Add(awarded.Id);
                    break;
                case BadgeRevoked revoked when revoked.Id.Badge == badge:
                    _stands.Remove(revoked.Id);
                    break;
                case GiftDue due when due.Key.StartsWith(prefix, StringComparison.Ordinal):
                    _turns[due.Key] = Math.Max(due.Turn, _turns.GetValueOrDefault(due.Key));
                    break;
            }
        }
    }

    /// <summary>Whether the award stands.</summary>
    public bool Has(BadgeAwardId id) => _stands.Contains(id);

    /// <summary>How often its gift was due; 0 for never.</summary>
    public int TurnOf(BadgeAwardId id) => _turns.GetValueOrDefault(id.ToString());
}

using Gamification.Journal;
using Gamification.Leaderboards;
using Gamification.Members;

namespace Gamification.Privacy;

/// <summary>Of each member the newest wish to be seen on boards or not, in whatever order and however often they are told.</summary>
internal sealed class NewestWishes
{
    private readonly Dictionary<Guid, VisibilityChange> _wishes = [];

    /// <summary>Who wishes to be seen nowhere.</summary>
    public IEnumerable<Guid> Hidden => _wishes.Where(wish => wish.Value.IsHidden).Select(wish => wish.Key);

    /// <summary>Whether the member ever wished anything.</summary>
    public bool Knows(Guid member) => _wishes.ContainsKey(member);

    /// <summary>Whether the member wishes to be seen nowhere; who never wished anything is seen.</summary>
    public bool Hides(Guid member) => _wishes.TryGetValue(member, out var wish) && wish.IsHidden;

    /// <summary>False when one as new is known already.</summary>
    public bool Take(VisibilityChange wish)
    {
        if (_wishes.TryGetValue(wish.Member.Value, out var known) && known.Version >= wish.Version) return false;
        _wishes[wish.Member.Value] = wish;
        return true;
    }

    /// <summary>The same from an entry of <see cref="PrivacyForm.ActorKind"/>.</summary>
    public void Take(StoredEntry stored)
    {
        if (PrivacyForm.NoticeOf(stored) is { Wish: var wish }) Take(wish);
    }

    public void Clear() => _wishes.Clear();
}

using System.Collections.Frozen;
using System.Collections.Immutable;
using Gamification.Recognition;

namespace Gamification.Rules.Badges;

/// <summary>The badges of a programme with all their versions, prepared for deciding.</summary>
public sealed class BadgeBook
{
    private readonly FrozenDictionary<string, ImmutableArray<BadgeRule>> _versions;

    public BadgeBook(ImmutableArray<BadgeRule> badges)
    {
        _versions = badges.GroupBy(badge => badge.Id).ToFrozenDictionary(
            group => group.Key,
            group => group.OrderBy(badge => badge.From ?? DateOnly.MinValue).ThenBy(badge => badge.Version).ToImmutableArray());
        Badges = [.. _versions.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>Ids, in ordinal order.</summary>
    public ImmutableArray<string> Badges { get; }

    /// <summary>The version that decides on a business date: of those begun the one that began last, unless its end has come.</summary>
    public BadgeRule? InForceOn(string badge, DateOnly date)
    {
        BadgeRule? current = null;
        foreach (var version in VersionsOf(badge))
        {
            if (version.From is null || version.From <= date) current = version;
        }

        return current?.Until <= date ? null : current;
    }

    public BadgeRule? Find(string badge, int version)
    {
        foreach (var one in VersionsOf(badge))
        {
            if (one.Version == version) return one;
        }

        return null;
    }

    private ImmutableArray<BadgeRule> VersionsOf(string badge) => _versions.TryGetValue(badge, out var versions) ? versions : [];
}

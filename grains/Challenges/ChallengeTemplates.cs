using System.Collections.Immutable;

namespace Gamification.Challenges;

/// <summary>The templates that this deployment offers, by id in their order.</summary>
public sealed class ChallengeTemplates(IEnumerable<Challenge> templates)
{
    public static ChallengeTemplates None { get; } = new([]);

    public ImmutableArray<Challenge> All { get; } = [.. templates.OrderBy(template => template.Id, StringComparer.Ordinal)];

    public Challenge? Find(string id) => All.FirstOrDefault(template => template.Id == id);
}

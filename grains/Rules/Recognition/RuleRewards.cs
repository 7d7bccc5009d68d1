using Gamification.Programmes.Earning;
using Gamification.Recognition;

namespace Gamification.Rules.Recognition;

/// <summary>Rewards that earning rules give are gifts like those of badges and cards, so that recognition knows their names, and is there though nothing else recognises members.</summary>
internal static class RuleRewards
{
    /// <summary>A recognition of nothing else; null when no rule gives a reward.</summary>
    public static RecognitionRules? Alone(EarningRules rules) =>
        rules.Rules.Any(rule => rule.Then.Any(effect => effect is RewardGrant)) ? new() { ExpiryNoticeDays = [] } : null;

    /// <summary>With the rules' names for rewards that it does not name itself.</summary>
    public static RecognitionRules Named(RecognitionRules recognition, EarningRules rules)
    {
        HashSet<string> known = [.. recognition.Names.Where(name => name.Kind == NamedKind.Reward).Select(name => name.Id)];
        Name[] more = [.. rules.Names.Where(name => name.Kind == NamedKind.Reward && !known.Contains(name.Id))];
        return more.Length == 0 ? recognition : recognition with { Names = [.. recognition.Names, .. more] };
    }
}

using Gamification.Programmes.Earning;

namespace Gamification.Rules.Earning;

/// <summary>The JSON Schema of rule documents. It is published as <c>silo/Programmes/earning.schema.json</c>.</summary>
public static class EarningSchema
{
    public static string Text { get; } = DocumentSchema.Of(typeof(EarningRules), "Earning rules");
}

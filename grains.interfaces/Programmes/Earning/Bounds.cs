namespace Gamification.Programmes.Earning;

/// <summary>What a field of a document may hold, both ends inclusive: a number's range, a text's length, a list's count. The reader and the published schema both go by it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BoundsAttribute(long min, long max) : Attribute
{
    public long Min => min;

    public long Max => max;
}

/// <summary>A text, or each text of a list, is an id: lower-case letters, digits and hyphens, 40 at most.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SlugAttribute : Attribute
{
    public const string Pattern = "^[a-z0-9-]{1,40}$";
}

/// <summary>A number with at most so many decimals.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DecimalsAttribute(int max) : Attribute
{
    public int Max => max;
}

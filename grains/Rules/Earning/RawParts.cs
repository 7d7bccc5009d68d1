using Gamification.Programmes.Earning;

namespace Gamification.Rules.Earning;

/// <summary>What each rule would bring if nothing limited it: the base, and by the programme's one policy what multipliers add to it (spec §7). Exact.</summary>
internal sealed class RawParts(Stacking stacking, long commonSpend, Situation situation, bool tellsLines)
{
    /// <summary>What stands for a multiplier of 1: four factors of two decimals each multiply exactly.</summary>
    public const long Scale = 100_000_000;

    private readonly bool _isSale = situation.Event.Type == EarningEvent.Sale;

    /// <summary>How many raw units make a point.</summary>
    public Int128 Unit { get; } = (Int128)commonSpend * Scale;

    /// <summary>The greatest multiplier that worked on any line, times <see cref="Scale"/>.</summary>
    public long Greatest { get; private set; } = Scale;

    /// <summary>Each line's multiplier, times <see cref="Scale"/>; null unless lines are told.</summary>
    public long[]? Multipliers { get; } = tellsLines ? new long[Math.Max(1, situation.Basket.Lines.Length)] : null;

    public long Ceiling(Int128 raw) => (long)((raw + Unit - 1) / Unit);

    public void Earn(Span<Part> parts)
    {
        bool multiplies = false, byLine = Multipliers is not null;
        foreach (ref var part in parts)
        {
            if (part.Rule.Hundredths > 0)
            {
                multiplies = true;
                byLine |= part.Rule.Lines is not null;
                if (Multipliers is not null) part.ByLine = new Int128[Multipliers.Length];
            }
            else if (part.Holds)
            {
                part.Raw = Raw(part);
            }
        }

        if (!multiplies)
        {
            Multipliers?.AsSpan().Fill(Scale);
            return;
        }

        if (!byLine)
        {
            Multiply(parts, line: -1, Base(parts, line: -1));
            return;
        }

        for (var line = 0; line < Math.Max(1, situation.Basket.Lines.Length); line++) Multiply(parts, _isSale ? line : -1, Base(parts, _isSale ? line : -1));
    }

    /// <summary>What a rule that multiplies nothing brings.</summary>
    private Int128 Raw(in Part part) => part.Rule.Points switch
    {
        PointsPerSpend points when _isSale => (Int128)part.Scope.Spend * Rate(points) * Scale,
        FixedPoints points when !_isSale => points.Points * Unit,
        Bonus { PerItem: true } bonus => (Int128)bonus.Points * (long)decimal.Floor(part.Scope.Quantity) * Unit,
        Bonus bonus => bonus.Points * Unit,
        _ => 0,
    };

    /// <summary>Points a minor unit, in units of 1/<c>commonSpend</c> of a point.</summary>
    private long Rate(PointsPerSpend points) => points.Points * (commonSpend / points.Spend);

    /// <summary>The base of one line, or of all together (-1), in units of 1/<c>commonSpend</c> of a point.</summary>
    private Int128 Base(ReadOnlySpan<Part> parts, int line)
    {
        Int128 sum = 0;
        foreach (ref readonly var part in parts)
        {
            if (!part.Holds) continue;
            if (part.Rule.Points is PointsPerSpend points && _isSale)
            {
                if (line < 0) sum += (Int128)part.Scope.Spend * Rate(points);
                else if (part.Scope.Has(line)) sum += (Int128)situation.Basket.Lines[line].Spend * Rate(points);
            }
            else if (part.Rule.Points is FixedPoints weight && !_isSale)
            {
                sum += (Int128)weight.Points * commonSpend;
            }
        }

        return sum;
    }

    private void Multiply(Span<Part> parts, int line, Int128 earned)
    {
        var running = Scale;
        if (earned > 0)
        {
            var only = stacking == Stacking.Highest ? Highest(parts, line) : -1;
            for (var at = 0; at < parts.Length; at++)
            {
                ref var part = ref parts[at];
                if (part.Rule.Hundredths == 0 || !part.Holds || !Has(part, line)) continue;
                part.Contended = true;
                if (stacking == Stacking.Highest && at != only) continue;
                var next = stacking == Stacking.Additive
                    ? running + ((part.Rule.Hundredths - 100) * (Scale / 100))
                    : running * part.Rule.Hundredths / 100;
                var added = earned * (next - running);
                part.Raw += added;
                if (part.ByLine is { } lines) lines[Math.Max(0, line)] += added;
                running = next;
            }
        }

        Greatest = Math.Max(Greatest, running);
        if (Multipliers is not null) Multipliers[Math.Max(0, line)] = running;
    }

    /// <summary>
    /// The multiplier that works on a line: the greatest that still holds. A limited one works only where it was the greatest at the
    /// sale, and there nothing takes its place: what a cap withheld does not come back with a return.
    /// </summary>
    private static int Highest(ReadOnlySpan<Part> parts, int line)
    {
        var (sold, now) = (-1, -1);
        for (var at = 0; at < parts.Length; at++)
        {
            ref readonly var part = ref parts[at];
            if (part.Rule.Hundredths == 0 || !Has(part, line)) continue;
            if (sold < 0 || part.Rule.Hundredths > parts[sold].Rule.Hundredths) sold = at;
            if (part.Holds && !part.Rule.IsLimited && (now < 0 || part.Rule.Hundredths > parts[now].Rule.Hundredths)) now = at;
        }

        return sold >= 0 && parts[sold].Rule.IsLimited ? sold : now;
    }

    private static bool Has(in Part part, int line) => line < 0 || part.Scope.Has(line);
}

namespace Gamification.Journal;

/// <summary>What an append takes under a lease; below zero is what it brings back.</summary>
public readonly record struct LeaseUse(Guid Lease, long Points, long Awards)
{
    /// <summary>One use a lease, in the order of the leases.</summary>
    public static IEnumerable<LeaseUse> Sums(IEnumerable<LeaseUse> uses) =>
        uses.GroupBy(use => use.Lease).Select(of => new LeaseUse(of.Key, of.Sum(use => use.Points), of.Sum(use => use.Awards))).OrderBy(use => use.Lease);
}

/// <summary>What all durable appends took under a lease, less what they brought back.</summary>
public readonly record struct LeaseTally(long Points, long Awards)
{
    public LeaseTally Plus(LeaseUse use) => new(checked(Points + use.Points), checked(Awards + use.Awards));
}

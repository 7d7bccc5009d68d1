using System.Collections.Concurrent;

namespace Gamification.Members;

/// <summary>
/// Whose accounts this process holds in memory. It may name one that is not held, never miss one that is: an actor is in it before it reads its account. Only
/// where one process runs all actors; in a cluster nobody knows what the other nodes hold.
/// </summary>
public sealed class AccountsAtHand
{
    private readonly ConcurrentDictionary<(string Programme, MemberId Member), bool> _held = [];

    public bool Contains(string programme, MemberId member) => _held.ContainsKey((programme, member));

    internal void Add(string programme, MemberId member) => _held[(programme, member)] = true;

    internal void Remove(string programme, MemberId member) => _held.TryRemove((programme, member), out _);
}

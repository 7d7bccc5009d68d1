namespace Gamification.Members;

/// <summary>
/// What a member's account does by time alone. It is done at the member's next event anyhow: whoever wakes it only lets it be seen earlier. The key is
/// <c>programme/surrogate</c>.
/// </summary>
[Alias("due-member")]
public interface IDueMember : IGrainWithStringKey
{
    /// <summary>Does what has become due on the business clock. Durable on return; true when there was something. Asking again does nothing.</summary>
    [Alias("due")]
    Task<bool> Due(DateTimeOffset receivedAt);
}

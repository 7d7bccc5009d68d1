namespace Gamification.Activities;

/// <summary>
/// A member's account as it takes events that are no receipts. The key is <c>programme/surrogate</c>. Answers exactly once for every key (spec §1);
/// faults come as exceptions, and reporting again is always safe.
/// </summary>
[Alias("activity-account")]
public interface IActivityAccount : IGrainWithStringKey
{
    /// <summary>Durable on return when the outcome is <c>Recorded</c>. Reporting the same event again returns the first record, whoever asks and whenever.</summary>
    [Alias("report")]
    Task<ActivityOutcome> Report(ReportedActivity activity, DateTimeOffset receivedAt);

    /// <summary>Removes or restores an event of this account, or waits 30 days for it. Ask <see cref="IActivityIndexGrain"/> whose event it is.</summary>
    [Alias("revise")]
    Task<ActivityOutcome> Revise(ActivityRevision revision, DateTimeOffset receivedAt);

    /// <summary>What the event would earn this member now, by the same rule as reporting it. Records nothing.</summary>
    [Alias("preview-activity")]
    Task<ActivityPreview> PreviewActivity(ReportedActivity activity, DateTimeOffset receivedAt);
}

/// <summary>Finds whose account holds an event. Stateless: any number may run. The key is the programme.</summary>
[Alias("activity-index")]
public interface IActivityIndexGrain : IGrainWithStringKey
{
    /// <summary>The member whose account holds the event; null when nobody has it yet.</summary>
    [Alias("owner-of-activity")]
    Task<MemberId?> OwnerOf(ActivityKey activity);
}

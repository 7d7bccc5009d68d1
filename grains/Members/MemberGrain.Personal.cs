using Gamification.Recognition;

namespace Gamification.Members;

/// <summary>The person behind the account: see <see cref="MemberBirthday"/>.</summary>
internal sealed partial class MemberGrain : IPersonalMember
{
    private MemberBirthday _birthday = null!;

    public Task<BirthDateView> BirthDate() => Kept<IPersonalMember>()?.BirthDate() ?? _birthday.View();

    public Task<BirthDateOutcome> GiveBirthDate(DateOnly birth, string by, DateTimeOffset receivedAt) => Kept<IPersonalMember>()?.GiveBirthDate(birth, by, receivedAt) ?? Told(() => _birthday.Give(birth, by, receivedAt));

    public Task<BirthDateView> ForgetBirthDate(string by, DateTimeOffset receivedAt) => Kept<IPersonalMember>()?.ForgetBirthDate(by, receivedAt) ?? Told(() => _birthday.Forget(by, receivedAt));
}

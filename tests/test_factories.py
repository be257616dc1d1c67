from tests.factories import (
    PASSWORD,
    ApplicationFactory,
    InterviewFactory,
    NoteFactory,
    ResumeFactory,
    StatusChangeFactory,
)


def test_the_cast_can_sign_in_with_the_suites_password(ada):
    assert ada.check_password(PASSWORD)


def test_what_hangs_on_an_application_belongs_to_its_owner(ada):
    application = ApplicationFactory(owner=ada)

    assert application.company.owner == ada
    assert InterviewFactory(application=application).owner == ada
    assert NoteFactory(application=application).application.owner == ada
    assert StatusChangeFactory(application=application).after == application.status
    assert ResumeFactory(owner=ada).owner == ada


def test_threads_share_the_database_of_the_test(together, ada):
    def read(number):
        return type(ada).objects.get(pk=ada.pk).username

    assert together(5, read) == ["ada"] * 5

"""Serializers: one for lists, one for everything else, one that nests."""

from rest_framework import serializers

from bench.peers.drf.models import Application, Company, Interview, Note


class CompanySerializer(serializers.ModelSerializer):
    application_count = serializers.ReadOnlyField()

    class Meta:
        model = Company
        fields = ["id", "name", "industry", "location", "application_count"]


class NoteSerializer(serializers.ModelSerializer):
    class Meta:
        model = Note
        fields = ["id", "content", "note_type", "created_at", "updated_at"]


class InterviewSerializer(serializers.ModelSerializer):
    class Meta:
        model = Interview
        fields = ["id", "round_number", "interview_type", "scheduled_at", "duration_minutes", "status", "outcome"]


class ApplicationListSerializer(serializers.ModelSerializer):
    company_name = serializers.CharField(source="company.name", read_only=True)
    days_since_applied = serializers.ReadOnlyField()

    class Meta:
        model = Application
        fields = [
            "id",
            "company",
            "company_name",
            "job_title",
            "status",
            "priority",
            "work_type",
            "location",
            "source",
            "applied_date",
            "days_since_applied",
            "updated_at",
        ]


class ApplicationNestedSerializer(ApplicationListSerializer):
    notes = NoteSerializer(many=True, read_only=True)
    interviews = InterviewSerializer(many=True, read_only=True)

    class Meta(ApplicationListSerializer.Meta):
        fields = [*ApplicationListSerializer.Meta.fields, "notes", "interviews"]


class ApplicationSerializer(serializers.ModelSerializer):
    company_name = serializers.CharField(source="company.name", read_only=True)
    company_details = CompanySerializer(source="company", read_only=True)
    days_since_applied = serializers.ReadOnlyField()
    has_response = serializers.ReadOnlyField()
    notes_count = serializers.SerializerMethodField()
    interviews_count = serializers.SerializerMethodField()
    notes = NoteSerializer(many=True, read_only=True)

    class Meta:
        model = Application
        fields = [
            "id",
            "company",
            "company_name",
            "company_details",
            "job_title",
            "job_url",
            "job_description",
            "status",
            "priority",
            "work_type",
            "location",
            "salary_min",
            "salary_max",
            "source",
            "referrer_name",
            "cover_letter",
            "resume_version",
            "applied_date",
            "response_date",
            "next_action",
            "next_action_date",
            "days_since_applied",
            "has_response",
            "notes_count",
            "interviews_count",
            "notes",
            "created_at",
            "updated_at",
        ]

    def get_notes_count(self, application):
        return application.notes.count()

    def get_interviews_count(self, application):
        return application.interviews.count()

    def validate_company(self, company):
        if company.owner_id != self.context["request"].user.id:
            raise serializers.ValidationError("Company not found.")
        return company

    def validate_resume_version(self, resume):
        if resume and resume.owner_id != self.context["request"].user.id:
            raise serializers.ValidationError("Resume not found.")
        return resume

    def validate(self, data):
        if data.get("salary_min") and data.get("salary_max") and data["salary_min"] > data["salary_max"]:
            raise serializers.ValidationError("The salary range is the wrong way round.")
        return data
